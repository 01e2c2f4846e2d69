// How hard a sample is: its distance to the mean of its class.
#pragma once

#include <cstdint>
#include <span>

#include "problems/data/data_sets.hpp"

namespace ravine::problems {

/// rank[i] is the position of sample i among the first rank.size() samples, 0 for the easiest. The
/// difficulty is the squared distance of its pixels to its class mean, over the mean of these
/// distances in its class, so that no class counts as hard as a whole; of equals the earlier sample
/// comes first. Means and ranks are of those samples alone. Integer arithmetic up to the last
/// division: the same ranks everywhere.
void rank_by_difficulty(const LabelledImages& images, std::uint64_t classes,
                        std::span<std::uint32_t> rank);

}  // namespace ravine::problems
