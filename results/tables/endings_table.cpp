#include "results/tables/endings_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "results/statistics.hpp"
#include "results/status.hpp"
#include "results/tables/cells.hpp"

namespace ravine::results {
namespace {

/// The place's own name where the problem has one: "local minimum", "x1 -> inf".
std::string place_of(const TrialRecord& trial) {
  return trial.ended_at.empty() ? std::string(name_of(trial.ended)) : trial.ended_at;
}

bool is_told(const TrialRecord* trial) { return trial->ended != Ended::unknown; }

/// Places of a group, better kinds first.
std::vector<std::string> places_of(const Group& group) {
  std::map<std::pair<Ended, std::string>, int> places;
  for (const Row& row : group.rows)
    for (const TrialRecord* trial : row.trials)
      if (is_told(trial)) places[{trial->ended, place_of(*trial)}] = 0;
  std::vector<std::string> names;
  for (const auto& [place, unused] : places)
    if (std::find(names.begin(), names.end(), place.second) == names.end())
      names.push_back(place.second);
  return names;
}

template <class Value>
Cell median_cell(const Row& row, Value TrialRecord::*member) {
  std::vector<double> values;
  for (const TrialRecord* trial : row.trials)
    if (trial->*member) values.push_back(static_cast<double>(*(trial->*member)));
  const auto middle = median(std::move(values));
  if (!middle) return {"", CellStyle::dim};
  return {fmt::format("{:.3g}", *middle), CellStyle::plain};
}

bool has_regret(const Group& group) {
  return std::any_of(group.rows.begin(), group.rows.end(), [](const Row& row) {
    return std::any_of(row.trials.begin(), row.trials.end(),
                       [](const auto* trial) { return trial->regret.has_value(); });
  });
}

Cell regret_cell(const Row& row) {
  std::vector<double> values;
  for (const TrialRecord* trial : row.trials)
    if (trial->regret && trial->iterations.value_or(0) > 0)
      values.push_back(*trial->regret / static_cast<double>(*trial->iterations));
  const auto middle = median(std::move(values));
  return middle ? Cell{fmt::format("{:.3g}", *middle), CellStyle::plain} : Cell{};
}

Table table_of(const Group& group) {
  Table table;
  table.title = fmt::format("{}: where the trials ended, {}", group.title, runs_text(group));
  table.columns = {{"optimizer", "", Align::left, 0}, {"status", "", Align::left, 0}};
  const std::vector<std::string> places = places_of(group);
  for (const std::string& place : places) table.columns.push_back({place, "", Align::right, 0});
  table.columns.push_back({"leaving a saddle", "iterations", Align::right, 1});
  table.columns.push_back({"|∇f|", "at the end", Align::right, 2});
  table.columns.push_back({"least eigenvalue", "at the end", Align::right, 3});
  table.columns.push_back({"overshoot", "of f(x0) - f*", Align::right, 4});
  const bool online = has_regret(group);
  if (online) table.columns.push_back({"regret", "per step", Align::right, 0});
  Signs signs;
  for (const Row& row : group.rows) {
    const auto told =
        static_cast<std::size_t>(std::count_if(row.trials.begin(), row.trials.end(), is_told));
    std::vector<Cell> cells = {{row.label, CellStyle::plain}, status_cell(row, signs)};
    for (const std::string& place : places) {
      const auto here = std::count_if(row.trials.begin(), row.trials.end(), [&](const auto* trial) {
        return is_told(trial) && place_of(*trial) == place;
      });
      const double share =
          told == 0 ? 0 : 100.0 * static_cast<double>(here) / static_cast<double>(told);
      cells.push_back(here == 0 ? Cell{"·", CellStyle::dim}
                                : Cell{fmt::format("{:.0f} %", share), CellStyle::plain});
    }
    cells.push_back(median_cell(row, &TrialRecord::saddle_steps));
    cells.push_back(median_cell(row, &TrialRecord::gradient_norm_last));
    cells.push_back(median_cell(row, &TrialRecord::smallest_eigenvalue));
    cells.push_back(median_cell(row, &TrialRecord::overshoot));
    if (online) cells.push_back(regret_cell(row));
    table.rows.push_back(std::move(cells));
  }
  table.how_to_read =
      "Share of the starts that ended at each place, told by f - f*, the gradient and the smallest "
      "eigenvalue of the Hessian there (elsewhere: not at a stationary point); on batches the "
      "regret, the mean over the steps of the value that the step saw, less f*; other figures are "
      "medians.";
  table.legend = legend_of(signs);
  table.footnotes = footnotes_of(group);
  return table;
}

}  // namespace

std::vector<Table> ending_tables(const Dataset& data, const TableOptions& options) {
  std::vector<Table> tables;
  for (const Group& group : group_trials(data, options))
    if (!places_of(group).empty() || has_regret(group)) tables.push_back(table_of(group));
  if (tables.empty()) {
    tables.push_back(empty_table(data));
    tables.back().how_to_read =
        "No trial was asked where it ended: that is told of trials on the full objective.";
  }
  return tables;
}

}  // namespace ravine::results
