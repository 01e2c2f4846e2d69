// The first sight of a result: one table a problem with status, iterations, cost and time.
#pragma once

#include <vector>

#include "results/dataset.hpp"
#include "results/table.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// Medians; the tightest target with its range. Columns of looser targets may be dropped by a
/// narrow terminal. Times are left out where they come from several machines. Throws
/// SelectionError.
std::vector<Table> overview_tables(const Dataset& data, const TableOptions& options = {});

}  // namespace ravine::results
