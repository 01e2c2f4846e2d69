// Wrong labels on purpose.
#pragma once

#include <cstdint>
#include <memory>

#include "problems/nets/samples.hpp"

namespace ravine::problems::nets {

/// The same samples; the label of a training sample is replaced by a uniform one, which may be the
/// true one, with probability `share`. Validation and test labels stay.
std::unique_ptr<Samples> noisy_labels(std::unique_ptr<Samples> samples, double share,
                                      std::uint64_t seed);

}  // namespace ravine::problems::nets
