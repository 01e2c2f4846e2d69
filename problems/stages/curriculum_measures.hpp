// Measures of how hard the training samples of a net are: a number each, small ones easy.
#pragma once

#include <vector>

#include "problems/nets/samples.hpp"

namespace ravine::problems {

using Difficulty = std::vector<double>;

/// The squared distance to the mean of its class, over the mean of these in its class.
Difficulty by_class_mean(nets::Samples& samples);

/// The loss under a linear softmax model, or with `margin` the largest of its other outputs less
/// that of the label. The model is trained on the same samples from 0 by at least 1000 steps of
/// gradient descent with rate 1 / (1 + mean |x|^2) on batches of 128 in their order.
Difficulty by_reference(nets::Samples& samples, bool margin);

/// The distance to where the sample lies in `clean`, which has the same samples without noise;
/// infinite where its label is another one there.
Difficulty by_noise(nets::Samples& samples, nets::Samples& clean);

}  // namespace ravine::problems
