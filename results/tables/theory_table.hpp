// Theory beside measurement: what theorems say of each row, and what its trials show.
#pragma once

#include <vector>

#include "results/dataset.hpp"
#include "results/table.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// A table for each problem of which theory says something, rows in the order of their names. What
/// the trials of a row have predicted is put into medians. Throws SelectionError.
std::vector<Table> theory_tables(const Dataset& data, const TableOptions& options);

}  // namespace ravine::results
