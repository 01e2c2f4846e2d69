// The figures that problems record beside their value: losses on other data, accuracies, risks.
#pragma once

#include <vector>

#include "results/dataset.hpp"
#include "results/table.hpp"
#include "results/tables/group.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// A table for each problem that records metrics, a column a metric, or that of the options alone.
/// Throws SelectionError.
std::vector<Table> metric_tables(const Dataset& data, const TableOptions& options);

/// The metrics that the trials of a row record, in the problem's order.
std::vector<std::string> metrics_of(const Row& row);
/// The median over the trials of a metric where they ended; empty where no trial has it.
std::optional<double> last_of(const Row& row, const std::string& metric);

}  // namespace ravine::results
