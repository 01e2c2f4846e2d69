// Grey images and their classes.
#pragma once

#include <memory>

#include "problems/data/data_sets.hpp"
#include "problems/nets/samples/drawn.hpp"

namespace ravine::problems::nets {

/// Pixels as level / 255, a column an image: the first of the training and the test file, those of
/// validation behind the training ones. `set` must outlive the samples, and have that many.
std::unique_ptr<Samples> image_samples(const ImageSet& set, const Counts& counts);

}  // namespace ravine::problems::nets
