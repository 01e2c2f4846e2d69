// Oracle cost, and seconds, to each target, whoever owns the loop: hits by the evaluation rule.
#pragma once

#include <vector>

#include "results/dataset.hpp"
#include "results/table.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// As hits_tables, in gradient equivalents. Throws SelectionError.
std::vector<Table> cost_tables(const Dataset& data, const TableOptions& options = {});

/// The same in seconds of optimizer and oracle. Throws SelectionError.
std::vector<Table> seconds_tables(const Dataset& data, const TableOptions& options = {});

}  // namespace ravine::results
