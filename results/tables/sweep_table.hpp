// Sweeps as such: hits, cost and time against what was swept.
#pragma once

#include <vector>

#include "results/dataset.hpp"
#include "results/table.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// A table for each sweep of the suites: a row a value, iterations to each target, and what the
/// tightest costs; where two things are swept, a plane of them. Throws SelectionError.
std::vector<Table> sweep_tables(const Dataset& data, const TableOptions& options);

}  // namespace ravine::results
