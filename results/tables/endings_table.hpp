// Where deterministic trials ended: which share of the starts in which minimum.
#pragma once

#include <vector>

#include "results/dataset.hpp"
#include "results/table.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// A table for each problem with such trials, a column a place. Throws SelectionError.
std::vector<Table> ending_tables(const Dataset& data, const TableOptions& options);

}  // namespace ravine::results
