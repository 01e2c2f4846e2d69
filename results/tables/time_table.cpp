#include "results/tables/time_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "results/tables/cells.hpp"

namespace ravine::results {
namespace {

std::string machine_text(const Dataset& data, const std::string& machine) {
  const auto known = std::find_if(data.machines.begin(), data.machines.end(),
                                  [&](const Provenance& p) { return p.machine == machine; });
  if (known == data.machines.end()) return fmt::format("Machine {}.", machine);
  return fmt::format("Machine {}: {}, {} cores, {} {}.", machine, known->cpu, known->cores,
                     known->compiler, known->flags);
}

Table table_of(const Group& group, const std::string& machine, const Dataset& data) {
  Table table;
  table.title = fmt::format("{}: wall-clock per step", group.title);
  table.columns = {
      {"optimizer", "", Align::left, 0},        {"trials", "", Align::right, 3},
      {"steps", "", Align::right, 2},           {"step", "median", Align::right, 0},
      {"optimizer", "median", Align::right, 0}, {"oracle", "median", Align::right, 0},
      {"p90", "of step", Align::right, 4},      {"deviation", "of step", Align::right, 5}};
  std::vector<std::pair<RowTime, const Row*>> timed;
  for (const Row& row : group.rows) {
    RowTime time = time_of(row, machine);
    if (time.step) timed.emplace_back(time, &row);
  }
  std::stable_sort(timed.begin(), timed.end(),
                   [](const auto& a, const auto& b) { return a.first.step < b.first.step; });
  std::vector<std::optional<double>> steps, own;
  for (const auto& [time, row] : timed) {
    table.rows.push_back({{row->label, CellStyle::plain},
                          {fmt::to_string(time.trials), CellStyle::plain},
                          {fmt::to_string(time.steps), CellStyle::plain},
                          {format_seconds(time.step), CellStyle::plain},
                          {format_seconds(time.optimizer), CellStyle::plain},
                          {format_seconds(time.oracle), CellStyle::plain},
                          {format_seconds(time.step_p90), CellStyle::plain},
                          {format_seconds(time.step_deviation), CellStyle::plain}});
    steps.push_back(time.step);
    own.push_back(time.optimizer);
  }
  mark_best(table, 3, steps);
  mark_best(table, 4, own);
  table.how_to_read =
      "Wall-clock of a step, and its shares inside the optimizer (step minus oracle) and the "
      "oracle: "
      "median over trials of each trial's median step, warm-up apart; less is better, and a fast "
      "step "
      "is worth only as much as its iterations.";
  table.legend.push_back("deviation  median absolute deviation of a step's time.");
  table.footnotes.push_back(machine_text(data, machine));
  return table;
}

}  // namespace

std::vector<Table> time_tables(const Dataset& data, const TableOptions& options) {
  const std::vector<Group> groups = group_trials(data, options);
  std::vector<Table> tables;
  for (const Group& group : groups) {
    for (const std::string& machine : group.machines) {
      Table table = table_of(group, machine, data);
      if (!table.rows.empty()) tables.push_back(std::move(table));
    }
  }
  if (tables.empty()) {
    tables.push_back(empty_table(data));
    if (!groups.empty()) {
      tables.back().title = "No step times";
      tables.back().how_to_read = "No step of these trials was timed.";
    }
  }
  return tables;
}

}  // namespace ravine::results
