// Drawn curves, after the CURVES data set.
#pragma once

#include <memory>

#include "problems/nets/samples/drawn.hpp"

namespace ravine::problems::nets {

/// Grey images of 28 x 28 pixels in [0, 1], each a smooth curve through three random points, as
/// Hinton and Salakhutdinov (Science 313 (2006) 504-507) describe their set; it is a generator of
/// our own, so figures published for theirs do not carry over.
std::unique_ptr<Samples> curves(const Counts& counts, std::uint64_t seed);

}  // namespace ravine::problems::nets
