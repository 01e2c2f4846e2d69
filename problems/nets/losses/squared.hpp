// The squared error.
#pragma once

#include <memory>

#include "problems/nets/loss.hpp"

namespace ravine::problems::nets {

/// l = scale |z - t|^2, S = 2 scale I: a normal distribution of variance 1 / (2 scale) about z.
std::unique_ptr<Loss> squared_loss(double scale);

}  // namespace ravine::problems::nets
