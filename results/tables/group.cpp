#include "results/tables/group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "results/statistics.hpp"
#include "results/tables/reach.hpp"
#include "results/tables/selection.hpp"

namespace ravine::results {
namespace {

using Trials = std::vector<const TrialRecord*>;

std::string title_of(const TrialRecord& trial) {
  std::string title = fmt::format("{} (n = {}", trial.problem_label, trial.n);
  if (trial.batch_size > 0) title += fmt::format(", batch {}", trial.batch_size);
  if (trial.problem_revision > 1) title += fmt::format(", revision {}", trial.problem_revision);
  return title + ")";
}

// An expression is one setting, though its value follows the instance's constants.
std::string settings_text(const TrialRecord& trial) {
  std::string text;
  for (const Setting& s : trial.settings) {
    const auto written = std::find_if(trial.expressions.begin(), trial.expressions.end(),
                                      [&](const Setting& e) { return e.name == s.name; });
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", s.name,
                        written == trial.expressions.end() ? s.value : written->value);
  }
  return text;
}

// What must not be mixed in a median, though the label may be the same: two builds of a plugin, two
// budgets, two versions. In words for the label.
std::vector<std::string> variant_of(const TrialRecord& t) {
  return {fmt::format("version {}", t.optimizer_version),
          settings_text(t),
          fmt::format("schedule {}", t.schedule),
          fmt::format("{} iterations", t.budget_iterations),
          fmt::format("oracle budget {:g}", t.budget_oracle),
          fmt::format("protocol {}", t.protocol),
          fmt::format("build {}", t.plugin_hash.substr(0, 8))};
}

/// The label, and that a schedule in it changed nothing.
std::string row_label(const TrialRecord& trial) {
  const bool ignored = trial.schedule.ends_with(" (ignored)");
  return trial.optimizer_label + (ignored ? " (schedule ignored)" : "");
}

std::map<std::vector<std::string>, Trials> by_variant(const Trials& trials) {
  std::map<std::vector<std::string>, Trials> variants;
  for (const TrialRecord* trial : trials) variants[variant_of(*trial)].push_back(trial);
  return variants;
}

// The words in which the variants of a label differ.
std::vector<std::size_t> differences(const std::map<std::vector<std::string>, Trials>& variants) {
  std::vector<std::size_t> places;
  const std::vector<std::string>& first = variants.begin()->first;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const bool differs = std::any_of(variants.begin(), variants.end(),
                                     [&](const auto& v) { return v.first[i] != first[i]; });
    if (differs) places.push_back(i);
  }
  return places;
}

std::vector<Row> rows_of(const Trials& trials) {
  std::map<std::string, Trials> by_label;
  for (const TrialRecord* trial : trials) by_label[row_label(*trial)].push_back(trial);
  std::vector<Row> rows;
  for (const auto& [label, same_label] : by_label) {
    const auto variants = by_variant(same_label);
    const std::vector<std::size_t> places = differences(variants);
    for (const auto& [words, own] : variants) {
      std::vector<std::string> said;
      said.reserve(places.size());
      for (const std::size_t i : places) said.push_back(words[i]);
      rows.push_back(
          {said.empty() ? label : fmt::format("{} ({})", label, fmt::join(said, ", ")), own, {}});
    }
  }
  return rows;
}

void attach_measurements(Group& group, const Dataset& data) {
  std::unordered_map<std::string_view, Row*> owner;
  for (Row& row : group.rows) {
    for (const TrialRecord* trial : row.trials) owner.emplace(trial->id, &row);
  }
  std::set<std::string> machines;
  for (const Measurement& measurement : data.measurements) {
    const auto found = owner.find(measurement.trial);
    if (found == owner.end()) continue;
    found->second->measurements.push_back(&measurement);
    if (!measurement.step_times.empty()) machines.insert(measurement.machine);
  }
  group.machines.assign(machines.begin(), machines.end());
}

using Rank = std::tuple<double, double, double, std::string>;

Rank rank_of(const Row& row, const Group& group) {
  constexpr double kLast = std::numeric_limits<double>::infinity();
  const bool any_decides = std::any_of(group.targets.begin(), group.targets.end(),
                                       [](const Target& t) { return t.decides; });
  double hits = 0, runs = 0;
  for (const Target& target : group.targets) {
    if (any_decides && !target.decides) continue;
    const Reach cost = reach(row, target, Quantity::oracle_cost);
    hits += static_cast<double>(cost.hits);
    runs += static_cast<double>(cost.runs());
  }
  Rank rank = {runs > 0 ? -hits / runs : 1, kLast, kLast, row.label};
  if (!group.tightest) return rank;
  std::get<1>(rank) =
      median(reach(row, *group.tightest, Quantity::iterations).values).value_or(kLast);
  std::get<2>(rank) =
      median(reach(row, *group.tightest, Quantity::oracle_cost).values).value_or(kLast);
  return rank;
}

void sort_rows(Group& group) {
  std::vector<std::pair<Rank, Row>> ranked;
  for (Row& row : group.rows) {
    Rank rank = rank_of(row, group);
    ranked.emplace_back(std::move(rank), std::move(row));
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  group.rows.clear();
  for (auto& [rank, row] : ranked) group.rows.push_back(std::move(row));
}

Group make_group(const Trials& trials, const Dataset& data, const TableOptions& options) {
  Group group;
  const TrialRecord& first = *trials.front();
  group.label = first.problem_label;
  group.title = title_of(first);
  group.n = first.n;
  group.batch_size = first.batch_size;
  group.targets = select_targets(trials, options);
  if (const Target* last = tightest(group.targets)) group.tightest = *last;
  Trials valid;
  for (const TrialRecord* trial : trials) {
    if (trial->status == Status::infrastructure) {
      group.voided.push_back(trial->reason);
    } else {
      valid.push_back(trial);
    }
  }
  group.rows = rows_of(valid);
  attach_measurements(group, data);
  sort_rows(group);
  return group;
}

}  // namespace

std::vector<Group> group_trials(const Dataset& data, const TableOptions& options) {
  using Key = std::tuple<std::string, std::uint64_t, std::uint64_t, std::uint32_t>;
  std::map<Key, Trials> by_problem;
  for (const TrialRecord* t : select_trials(data, options)) {
    by_problem[{t->problem_label, t->n, t->batch_size, t->problem_revision}].push_back(t);
  }
  const bool targets_chosen = !options.targets.empty() || !options.metric.empty();
  std::vector<Group> groups;
  for (const auto& [key, trials] : by_problem) {
    Group group = make_group(trials, data, options);
    if (!group.targets.empty() || !targets_chosen) groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace ravine::results
