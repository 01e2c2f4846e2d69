#include "results/tables/cost_table.hpp"

#include "results/tables/targets_table.hpp"

namespace ravine::results {

std::vector<Table> cost_tables(const Dataset& data, const TableOptions& options) {
  return build({Quantity::oracle_cost, "oracle cost to each target", "gradients",
                "Oracle cost, in gradient evaluations, until any evaluation first met each target, "
                "loosest first: median [lowest–highest] over instances and seeds; less is "
                "better."},
               data, options);
}

std::vector<Table> seconds_tables(const Dataset& data, const TableOptions& options) {
  return build({Quantity::seconds, "time to each target", "time",
                "Wall-clock of optimizer and oracle, judging left out, until any evaluation first "
                "met each target, loosest first: median [lowest–highest] over instances and seeds; "
                "less is better, on one machine."},
               data, options);
}

}  // namespace ravine::results
