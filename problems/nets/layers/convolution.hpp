// Convolution as a product of matrices.
#pragma once

#include <memory>

#include "problems/nets/layers/image.hpp"

namespace ravine::problems::nets {

/// y_o = sum_c W_oc * x_c + b_o, * the cross-correlation that nets call convolution. Parameters: W
/// (channels above x channels below x side x side, row-major), then b where `bias` asks for it.
std::unique_ptr<Layer> convolution(const Image& image, const Window& window, Index channels,
                                   double gain, bool bias = true);

}  // namespace ravine::problems::nets
