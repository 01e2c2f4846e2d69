#include "results/tables/summary.hpp"

#include <algorithm>

#include "results/statistics.hpp"
#include "results/status.hpp"
#include "results/tables/group.hpp"
#include "results/tables/reach.hpp"

namespace ravine::results {
namespace {

Spread spread_of(const std::vector<double>& values) {
  return {median(values), minimum(values), maximum(values)};
}

std::uint64_t count_if(const Row& row, bool (*holds)(const TrialRecord&)) {
  return static_cast<std::uint64_t>(
      std::count_if(row.trials.begin(), row.trials.end(),
                    [&](const TrialRecord* trial) { return holds(*trial); }));
}

SummaryRow row_of(const Group& group, const Row& row) {
  SummaryRow summary;
  summary.problem = group.label;
  summary.optimizer = row.label;
  summary.n = group.n;
  summary.batch_size = group.batch_size;
  summary.unsupported =
      count_if(row, [](const TrialRecord& t) { return t.status == Status::unsupported; });
  summary.stopped_by_clock = count_if(row, [](const TrialRecord& t) { return t.stopped_by_clock; });
  if (group.machines.size() == 1) {
    const RowTime time = time_of(row, group.machines.front());
    if (time.step) {
      summary.machine = group.machines.front();
      summary.steps = time.steps;
    }
    summary.step_seconds = time.step;
    summary.optimizer_seconds = time.optimizer;
    summary.oracle_seconds = time.oracle;
  }
  return summary;
}

void set_target(SummaryRow& summary, const Row& row, const Target& target) {
  summary.target = target.name;
  summary.kind = name_of(target.kind);
  summary.level = target.level;
  summary.below_floor = target.below_floor;
  const Reach iterations = reach(row, target, Quantity::iterations);
  const Reach cost = reach(row, target, Quantity::oracle_cost);
  summary.runs = cost.runs();
  summary.hits = iterations.hits;
  summary.hits_by_evaluation = cost.hits;
  summary.at_start = std::max(iterations.at_start, cost.at_start);
  if (iterations.not_available == 0) summary.iterations = spread_of(iterations.values);
  summary.oracle_cost = spread_of(cost.values);
}

}  // namespace

std::vector<SummaryRow> summarize(const Dataset& data, const TableOptions& options) {
  std::vector<SummaryRow> rows;
  for (const Group& group : group_trials(data, options)) {
    for (const Row& row : group.rows) {
      for (const Target& target : group.targets) {
        SummaryRow summary = row_of(group, row);
        set_target(summary, row, target);
        rows.push_back(std::move(summary));
      }
    }
  }
  return rows;
}

}  // namespace ravine::results
