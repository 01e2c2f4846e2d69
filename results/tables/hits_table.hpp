// Iterations to each target: one table a problem, a row an optimizer, a column a target.
#pragma once

#include <vector>

#include "results/dataset.hpp"
#include "results/table.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// Cells are "median [min–max]" over instances and seeds, with hits/runs where some runs missed.
/// At least one table: without trials, one that says so. Throws SelectionError.
std::vector<Table> hits_tables(const Dataset& data, const TableOptions& options = {});

}  // namespace ravine::results
