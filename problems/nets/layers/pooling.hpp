// One number for each window of an image.
#pragma once

#include <memory>

#include "problems/nets/layers/image.hpp"

namespace ravine::problems::nets {

/// The largest pixel of each window, the first of equals, which alone has a derivative. What lies
/// beyond the edge is never taken.
std::unique_ptr<Layer> max_pooling(const Image& image, const Window& window);

/// The mean of each channel.
std::unique_ptr<Layer> global_average(const Image& image);

}  // namespace ravine::problems::nets
