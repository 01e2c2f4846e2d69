// One trial for each row, instance and seed: what a table of a long-lived database shows.
#pragma once

#include <cstddef>

#include "results/dataset.hpp"

namespace ravine::results {

/// Keeps, of the trials that share problem label, batch size, optimizer label, instance and seed,
/// the one measured last: the others are of an earlier version of the plugin, problem or suite, and
/// a median over both would be of neither. Returns how many were dropped.
std::size_t keep_newest(Dataset& data);

}  // namespace ravine::results
