// A recurrent layer over sequences.
#pragma once

#include <memory>

#include "problems/nets/layer.hpp"

namespace ravine::problems::nets {

/// h_t = tanh(W x_t + U h_{t-1} + b) for t = 1 ... steps, h_0 = 0; y = h_steps (Elman, Cognitive
/// Science 14 (1990) 179-211). A column of x is x_1, x_2, ... one after the other. Parameters: W
/// (hidden x features), U (hidden x hidden), row-major, then b.
std::unique_ptr<Layer> recurrent(Index features, Index steps, Index hidden);

}  // namespace ravine::problems::nets
