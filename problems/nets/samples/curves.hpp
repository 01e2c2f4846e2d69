// Drawn curves, after the CURVES data set.
#pragma once

#include <memory>

#include "problems/data/data_sets.hpp"
#include "problems/nets/samples/drawn.hpp"

namespace ravine::problems::nets {

/// Grey images of 28 x 28 pixels, levels of 0 ... 255 over 255, each a smooth curve through three
/// random points, as Hinton and Salakhutdinov (Science 313 (2006) 504-507) describe their set. One
/// set, whatever the instance: sample i of a part is always the same. It is a generator of our own,
/// so figures published for theirs do not carry over. Drawn once a run and shared by all workers;
/// `data` must outlive the samples.
std::unique_ptr<Samples> curves(const Counts& counts, DataSets& data);

}  // namespace ravine::problems::nets
