#include "harness/plan/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/error.hpp"
#include "harness/plan/identity.hpp"
#include "harness/plan/parts.hpp"
#include "harness/plan/problem_configs.hpp"
#include "harness/plan/settings.hpp"
#include "harness/plan/targets.hpp"
#include "harness/suite/glob.hpp"
#include "problems/text/nearest.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {
namespace {

constexpr std::uint64_t kDefaultIterations = 1000;
constexpr double kDefaultOracle = 1e300;
constexpr double kDefaultSeconds = 60;

/// The suite's optimizers, and after them those of guests that it does not name.
std::vector<OptimizerEntry> entries_of(const Suite& suite, const Registry& registry) {
  std::vector<OptimizerEntry> entries = suite.optimizers;
  std::set<std::string> named;
  for (const auto& entry : entries) named.insert(entry.id);
  for (const PluginInfo& plugin : registry.plugins()) {
    if (plugin.bundled) continue;
    for (const OptimizerInfo& optimizer : plugin.optimizers)
      if (named.insert(optimizer.id).second)
        entries.push_back({.id = optimizer.id,
                           .label = {},
                           .settings = {},
                           .on = {},
                           .not_on = {},
                           .place = {plugin.path, 0, 0},
                           .schedule = {},
                           .average = {}});
  }
  return entries;
}

bool any_matches(const std::vector<std::string>& patterns, const std::string& one,
                 const std::string& other) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const auto& p) { return matches(p, one) || matches(p, other); });
}

std::string entry_label(const OptimizerEntry& entry) {
  return entry.label.empty() ? entry.id + parts_suffix(entry) : entry.label;
}

std::string label_of(const OptimizerEntry& entry, const std::vector<std::size_t>& at) {
  return entry_label(entry) + label_suffix(sweeps_of(entry), at, Which::swept);
}

bool is_number(const ParameterInfo& p) { return p.type == RAVINE_REAL || p.type == RAVINE_INTEGER; }

/// A text that is no choice's name and no yes or no.
std::vector<results::Setting> expressions_of(const OptimizerEntry& entry,
                                             const OptimizerInfo& optimizer,
                                             const std::vector<std::size_t>& at) {
  std::vector<results::Setting> expressions;
  for (std::size_t i = 0; i < entry.settings.size(); ++i)
    if (const auto* text = std::get_if<std::string>(&entry.settings[i].values[at[i]]);
        text != nullptr &&
        is_number(optimizer.parameters[setting_index(optimizer, entry.settings[i].name)]))
      expressions.push_back({entry.settings[i].name, *text});
  return expressions;
}

class Planner {
 public:
  Planner(const Suite& suite, const Registry& registry, const PlanFilter& filter)
      : suite_(suite), registry_(registry), filter_(filter) {}

  void add(const ProblemConfig& config, const OptimizerEntry& entry) {
    const auto& on = entry.on;
    if (!on.empty() && !any_matches(on, config.family->id, config.label)) return;
    if (any_matches(entry.not_on, config.family->id, config.label)) return;
    if (!selected(entry)) return;
    const OptimizerPlace place = find(entry);
    const OptimizerInfo& optimizer = registry_.info(place);
    for_each_combination(sweeps_of(entry), [&](const std::vector<std::size_t>& at) {
      if (!wanted(entry, at)) return;
      TrialSpec trial = frame(config);
      trial.plugin = place.plugin;
      trial.optimizer = place.optimizer;
      trial.optimizer_label = label_of(entry, at);
      trial.optimizer_entry = entry_label(entry);
      trial.optimizer_swept = swept_of(sweeps_of(entry), at);
      trial.settings = settings_at(entry, optimizer, at, config);
      trial.expressions = expressions_of(entry, optimizer, at);
      surround(trial, entry, optimizer, at, config);
      identify(trial, registry_.plugins()[place.plugin], *config.family);
      const std::string key =
          fmt::format("{}\n{}\n{}\n{}", trial.problem_label, trial.optimizer_label,
                      config.instance.index, config.seed);
      if (!rows_.insert(key).second)
        throw UserError(fmt::format(
            "{}: two entries would both be the row \"{}\" of {}: give each a label of its own",
            entry.place.text(), trial.optimizer_label, config.label));
      if (ids_.insert(trial.id).second) plan.trials.push_back(std::move(trial));
    });
  }

  /// Whether the filter leaves this row, or any row of the entry.
  [[nodiscard]] bool wanted(const OptimizerEntry& entry, const std::vector<std::size_t>& at) const {
    return filter_.optimizers.empty() ||
           any_matches(filter_.optimizers, entry.id, label_of(entry, at));
  }
  [[nodiscard]] bool selected(const OptimizerEntry& entry) const {
    bool any = false;
    for_each_combination(sweeps_of(entry), [&](const std::vector<std::size_t>& at) {
      any = any || wanted(entry, at);
    });
    return any;
  }

  [[nodiscard]] OptimizerPlace find(const OptimizerEntry& entry) const {
    try {
      return registry_.find(entry.id);
    } catch (const UserError& e) {
      throw UserError(fmt::format("{}: {}", entry.place.text(), e.what()));
    }
  }

  Plan plan;

 private:
  TrialSpec frame(const ProblemConfig& config) const {
    const ProblemEntry& entry = *config.entry;
    TrialSpec trial;
    trial.suite = suite_.name;
    trial.suite_hash = suite_.hash;
    trial.family = config.family->id;
    trial.problem_label = config.label;
    trial.problem_entry = config.entry_label;
    trial.problem_swept = config.swept;
    trial.constants = config.facts.constants;
    trial.shape = config.facts.shape;
    trial.parameters = config.parameters;
    trial.instance = config.instance;
    trial.instance_hash = config.facts.hash;
    trial.seed = config.seed;
    trial.batch_size = config.batch_size;
    trial.batch_order = entry.batch_order;
    trial.drop_last_batch = entry.drop_last_batch;
    trial.fresh_samples = config.facts.fresh_samples;
    trial.targets = targets_of(suite_, config);
    trial.budget_iterations =
        entry.budget.iterations.value_or(suite_.budget.iterations.value_or(kDefaultIterations));
    trial.budget_oracle =
        entry.budget.oracle.value_or(suite_.budget.oracle.value_or(kDefaultOracle));
    trial.budget_seconds =
        entry.budget.seconds.value_or(suite_.budget.seconds.value_or(kDefaultSeconds));
    trial.stage_iterations = entry.stage_iterations.value_or(
        std::max<std::uint64_t>(1, trial.budget_iterations / (2 * config.facts.stage_count)));
    trial.weights = suite_.weights;
    trial.judge = entry.judge.value_or(suite_.judge);
    trial.divergence = suite_.divergence;
    trial.memory_mib = suite_.memory_mib;
    return trial;
  }

  static std::vector<double> settings_at(const OptimizerEntry& entry,
                                         const OptimizerInfo& optimizer,
                                         const std::vector<std::size_t>& at,
                                         const ProblemConfig& config) {
    std::vector<double> settings = default_settings(optimizer);
    for (std::size_t i = 0; i < entry.settings.size(); ++i) {
      const Setting& setting = entry.settings[i];
      Place place = setting.place;
      try {
        const std::size_t index = setting_index(optimizer, setting.name);
        place = setting.value_place;
        settings[index] = setting_value(optimizer.parameters[index], setting.values[at[i]],
                                        config.facts.constants);
      } catch (const UserError& e) {
        throw UserError(fmt::format("{}: {} (on {})", place.text(), e.what(), config.label));
      }
    }
    return settings;
  }

  static void surround(TrialSpec& trial, const OptimizerEntry& entry,
                       const OptimizerInfo& optimizer, const std::vector<std::size_t>& at,
                       const ProblemConfig& config) {
    try {
      add_parts(trial, entry, optimizer, at, config.facts.constants,
                batch_rule_of(trial, config.facts.sample_count, config.facts.fresh_samples));
    } catch (const UserError& e) {
      throw UserError(fmt::format("{} (on {})", e.what(), config.label));
    }
  }

  const Suite& suite_;
  const Registry& registry_;
  const PlanFilter& filter_;
  std::set<std::string> rows_, ids_;
};

/// A metric that no problem has, or a pattern that matches none, is a word misspelled.
void check_names(const Suite& suite, const std::vector<ProblemConfig>& configs) {
  for (const auto& target : suite.targets.metrics) {
    const bool known = std::any_of(configs.begin(), configs.end(), [&](const auto& config) {
      const auto& metrics = config.facts.metrics;
      return std::find(metrics.begin(), metrics.end(), target.first) != metrics.end();
    });
    if (known) continue;
    std::set<std::string> metrics{"relative", "gradient"};
    for (const auto& config : configs)
      metrics.insert(config.facts.metrics.begin(), config.facts.metrics.end());
    const std::vector<std::string> names(metrics.begin(), metrics.end());
    throw UserError(fmt::format("{}: no problem of this suite has a metric \"{}\"{} (known: {})",
                                suite.targets.place.text(), target.first,
                                problems::suggestion(target.first, names), fmt::join(names, ", ")));
  }
  std::vector<std::string> labels;
  for (const auto& config : configs)
    if (std::find(labels.begin(), labels.end(), config.label) == labels.end())
      labels.push_back(config.label);
  for (const OptimizerEntry& entry : suite.optimizers)
    for (const auto& [key, patterns] :
         {std::pair("on", &entry.on), std::pair("not_on", &entry.not_on)})
      for (const std::string& pattern : *patterns)
        if (std::none_of(configs.begin(), configs.end(), [&](const auto& c) {
              return matches(pattern, c.family->id) || matches(pattern, c.label);
            }))
          throw UserError(fmt::format(
              "{}: \"{}\" in {} matches no problem of this suite: write a family or a label ({})",
              entry.place.text(), pattern, key, fmt::join(labels, ", ")));
}

/// A pattern of the command line that no row of the suite matches is a word misspelled.
void check_filter(const std::vector<std::string>& patterns, const char* option,
                  const std::vector<OptimizerEntry>& entries, const Planner& planner) {
  if (patterns.empty()) return;
  std::vector<std::string> known;
  for (const OptimizerEntry& entry : entries) {
    if (planner.selected(entry)) return;
    known.push_back(entry.id);
  }
  throw UserError(fmt::format("{} {}: the suite has no such optimizer{}", option, patterns.front(),
                              problems::suggestion(patterns.front(), known)));
}

}  // namespace

Plan make_plan(const Suite& suite, const Registry& registry, problems::DataSets& data,
               const PlanFilter& filter) {
  Planner planner(suite, registry, filter);
  const auto entries = entries_of(suite, registry);
  check_filter(filter.optimizers, "--optimizer", entries, planner);
  for (const OptimizerEntry& entry : entries)
    if (planner.selected(entry)) (void)planner.find(entry);
  const auto configs = problem_configs(suite, data, filter);
  if (filter.problems.empty()) check_names(suite, configs);
  for (const ProblemConfig& config : configs) {
    for (const OptimizerEntry& entry : entries) planner.add(config, entry);
  }
  auto& trials = planner.plan.trials;
  if (trials.empty())
    throw UserError(fmt::format(
        "{}: no trial is left: check --problem, --optimizer and the entries' \"on\"", suite.file));
  std::vector<TrialSpec> part;
  for (std::size_t i = filter.shard - 1; i < trials.size(); i += filter.shards)
    part.push_back(std::move(trials[i]));
  trials = std::move(part);
  return std::move(planner.plan);
}

}  // namespace ravine::harness
