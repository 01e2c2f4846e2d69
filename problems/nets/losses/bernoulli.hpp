// Cross-entropy of independent shares, as of grey pixels.
#pragma once

#include <memory>

#include "problems/nets/loss.hpp"

namespace ravine::problems::nets {

/// l = sum_k log(1 + exp z_k) - t_k z_k with t_k in [0, 1]; p = sigma(z), dz = p - t,
/// S = diag(p (1 - p)).
std::unique_ptr<Loss> bernoulli_loss(Index outputs);

}  // namespace ravine::problems::nets
