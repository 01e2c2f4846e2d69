// A row an optimizer, a column a target: what the tables of iterations and of cost share. Internal
// to the builders.
#pragma once

#include <string>
#include <vector>

#include "results/dataset.hpp"
#include "results/table.hpp"
#include "results/tables/options.hpp"
#include "results/tables/reach.hpp"

namespace ravine::results {

struct TargetsTable {
  Quantity quantity = Quantity::iterations;
  std::string subject;  ///< of the title: "iterations to each target"
  std::string unit;     ///< of the columns
  std::string how_to_read;
};

std::vector<Table> build(const TargetsTable& kind, const Dataset& data,
                         const TableOptions& options);

}  // namespace ravine::results
