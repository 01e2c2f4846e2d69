#include "results/tables/hits_table.hpp"

#include "results/tables/targets_table.hpp"

namespace ravine::results {

std::vector<Table> hits_tables(const Dataset& data, const TableOptions& options) {
  return build({Quantity::iterations, "iterations to each target", "iterations",
                "Iterations until an iterate first met each target, loosest first: median "
                "[lowest–highest] over instances and seeds; fewer is better."},
               data, options);
}

}  // namespace ravine::results
