// Images as columns: channel by channel, row by row.
#pragma once

#include "problems/nets/layer.hpp"

namespace ravine::problems::nets {

struct Image {
  Index channels = 1, height = 0, width = 0;
  [[nodiscard]] Index pixels() const { return height * width; }
  [[nodiscard]] Index size() const { return channels * pixels(); }
};

/// A square window that moves over an image; what it sees beyond the edge is 0.
struct Window {
  Index side = 1, stride = 1, padding = 0;
  /// Places along an edge of the given length.
  [[nodiscard]] Index places(Index length) const {
    return (length + 2 * padding - side) / stride + 1;
  }
  /// The image of places, with as many channels as asked for.
  [[nodiscard]] Image over(const Image& image, Index channels) const {
    return {channels, places(image.height), places(image.width)};
  }
};

}  // namespace ravine::problems::nets
