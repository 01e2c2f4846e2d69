#include "results/tables/targets_table.hpp"

#include <fmt/format.h>

#include "results/tables/cells.hpp"

namespace ravine::results {
namespace {

void add_target(Table& table, const Group& group, const Target& target, const TargetsTable& kind,
                Signs& signs) {
  std::vector<std::optional<double>> medians;
  for (std::size_t i = 0; i < group.rows.size(); ++i) {
    const Reach reached = reach(group.rows[i], target, kind.quantity);
    table.rows[i].push_back(reach_cell(reached, kind.quantity, true, signs));
    medians.push_back(competing_median(reached));
  }
  mark_best(table, table.columns.size(), medians);
  table.columns.push_back(target_column(target, kind.unit, signs));
}

Table table_of(const Group& group, const TargetsTable& kind) {
  Table table;
  table.title = fmt::format("{}: {}, {}", group.title, kind.subject, runs_text(group));
  table.columns = {{"optimizer", "", Align::left, 0}, {"status", "", Align::left, 0}};
  Signs signs;
  for (const Row& row : group.rows) {
    table.rows.push_back({{row.label, CellStyle::plain}, status_cell(row, signs)});
  }
  for (const Target& target : group.targets) add_target(table, group, target, kind, signs);
  table.how_to_read = kind.how_to_read;
  table.legend = legend_of(signs);
  table.footnotes = footnotes_of(group);
  return table;
}

}  // namespace

std::vector<Table> build(const TargetsTable& kind, const Dataset& data,
                         const TableOptions& options) {
  std::vector<Table> tables;
  for (const Group& group : group_trials(data, options)) tables.push_back(table_of(group, kind));
  if (tables.empty()) tables.push_back(empty_table(data));
  return tables;
}

}  // namespace ravine::results
