// Batch normalization.
#pragma once

#include <memory>

#include "problems/nets/layers/image.hpp"

namespace ravine::problems::nets {

/// Ioffe and Szegedy, ICML 2015: y = gamma xhat + beta, xhat = (x - mu) / s, s = sqrt(var + 1e-5),
/// mu and var the mean and the biased variance of a channel over the batch and its pixels; a
/// feature is a channel of one pixel. Parameters: gamma, then beta. In evaluation mu and var are
/// those of the last batch that was collected, which the judge takes from a frozen subset.
std::unique_ptr<Layer> batch_norm(const Image& image);

/// The normalization's output made unstable on purpose (Santurkar et al., NeurIPS 2018, appendix
/// A.1): y = a x + b, a and b drawn for each activation from distributions that are themselves
/// drawn for each batch. In evaluation y = x.
std::unique_ptr<Layer> batch_noise(Index features);

}  // namespace ravine::problems::nets
