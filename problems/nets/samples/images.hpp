// Grey images and their classes.
#pragma once

#include <memory>

#include "problems/data/data_sets.hpp"
#include "problems/nets/samples.hpp"

namespace ravine::problems::nets {

/// How many images of a set are used, the first ones of training and test files.
struct ImageCounts {
  std::uint64_t training = 0;
  std::uint64_t validation = 0;  ///< those of the training file behind the training images
  std::uint64_t test = 0;
};

/// Pixels as level / 255, a column an image. `set` must outlive the samples, and have that many.
std::unique_ptr<Samples> image_samples(const ImageSet& set, const ImageCounts& counts);

}  // namespace ravine::problems::nets
