// Wall-clock per step, split into optimizer and oracle: one table a problem and machine.
#pragma once

#include <vector>

#include "results/dataset.hpp"
#include "results/table.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// Each figure is the median over trials of the median over a trial's steps. Times of different
/// machines are never mixed. At least one table. Throws SelectionError.
std::vector<Table> time_tables(const Dataset& data, const TableOptions& options = {});

}  // namespace ravine::results
