#include "results/tables/overview_table.hpp"

#include <fmt/format.h>

#include "results/tables/cells.hpp"

namespace ravine::results {
namespace {

// What a narrow terminal leaves out first: gradient targets, then those between the loosest and the
// tightest, every other one before its neighbours, so that what stays is spread evenly.
int drop_rank(const Group& group, std::size_t index) {
  const Target& target = group.targets[index];
  if (group.tightest && target.name == group.tightest->name) return 0;
  if (target.kind == TargetKind::gradient) return 100;
  int halvings = 0;  // of the distance to the tightest: odd ones go first
  for (std::size_t from_end = group.targets.size() - 1 - index;
       from_end % 2 == 0 && from_end > 0 && halvings < 8; from_end /= 2) {
    ++halvings;
  }
  return 50 - halvings;
}

void add_targets(Table& table, const Group& group, Signs& signs) {
  for (std::size_t t = 0; t < group.targets.size(); ++t) {
    const Target& target = group.targets[t];
    const int rank = drop_rank(group, t);
    std::vector<std::optional<double>> medians;
    for (std::size_t i = 0; i < group.rows.size(); ++i) {
      const Reach reached = reach(group.rows[i], target, Quantity::iterations);
      table.rows[i].push_back(reach_cell(reached, Quantity::iterations, rank == 0, signs));
      medians.push_back(competing_median(reached));
    }
    mark_best(table, table.columns.size(), medians);
    // The unit once: it is wider than most of the figures.
    table.columns.push_back(target_column(target, rank == 0 ? "iterations" : "", signs));
    table.columns.back().drop_rank = rank;
  }
}

void add_cost(Table& table, const Group& group, Signs& signs) {
  if (!group.tightest) return;
  std::vector<std::optional<double>> medians;
  for (std::size_t i = 0; i < group.rows.size(); ++i) {
    const Reach reached = reach(group.rows[i], *group.tightest, Quantity::oracle_cost);
    table.rows[i].push_back(reach_cell(reached, Quantity::oracle_cost, false, signs));
    medians.push_back(competing_median(reached));
  }
  mark_best(table, table.columns.size(), medians);
  Signs ignored;
  const std::string target = target_column(*group.tightest, "", ignored).header;
  table.columns.push_back({"cost to " + target, "gradients", Align::right, 0});
}

void add_times(Table& table, const Group& group) {
  if (group.machines.size() != 1) return;
  std::vector<RowTime> times;
  std::vector<std::optional<double>> steps;
  for (const Row& row : group.rows) {
    times.push_back(time_of(row, group.machines.front()));
    steps.push_back(times.back().step);
  }
  const std::size_t column = table.columns.size();
  for (std::size_t i = 0; i < times.size(); ++i) {
    table.rows[i].push_back({format_seconds(times[i].step), CellStyle::plain});
    table.rows[i].push_back({format_seconds(times[i].optimizer), CellStyle::plain});
    table.rows[i].push_back({format_seconds(times[i].oracle), CellStyle::plain});
  }
  table.columns.push_back({"step", "time", Align::right, 0});
  table.columns.push_back({"optimizer", "time", Align::right, 2});
  table.columns.push_back({"oracle", "time", Align::right, 1});
  mark_best(table, column, steps);
}

Table table_of(const Group& group) {
  Table table;
  table.title = fmt::format("{}: {}", group.title, runs_text(group));
  table.columns = {{"optimizer", "", Align::left, 0}, {"status", "", Align::left, 0}};
  Signs signs;
  for (const Row& row : group.rows) {
    table.rows.push_back({{row.label, CellStyle::plain}, status_cell(row, signs)});
  }
  add_targets(table, group, signs);
  add_cost(table, group, signs);
  add_times(table, group);
  table.how_to_read =
      "Best first. Iterations to each target, oracle cost to the tightest one above the rounding "
      "floor, and wall-clock per step with the optimizer's and the oracle's parts of it: medians "
      "over instances and seeds, [lowest–highest] at the tightest; less is better.";
  table.legend = legend_of(signs);
  table.footnotes = footnotes_of(group);
  if (group.machines.size() > 1) {
    table.footnotes.push_back(
        fmt::format("Times come from {} machines, which do not compare: they "
                    "stand apart in the tables of time.",
                    group.machines.size()));
  }
  return table;
}

}  // namespace

std::vector<Table> overview_tables(const Dataset& data, const TableOptions& options) {
  std::vector<Table> tables;
  for (const Group& group : group_trials(data, options)) tables.push_back(table_of(group));
  if (tables.empty()) tables.push_back(empty_table(data));
  return tables;
}

}  // namespace ravine::results
