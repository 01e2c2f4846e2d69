#include "results/tables/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <string_view>

namespace ravine::results {
namespace {

std::optional<double> parse_level(std::string_view text) {
  double level = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), level);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return level;
}

bool same_level(double a, double b) { return std::abs(a - b) <= 1e-9 * std::abs(b); }

bool same_name(std::string_view asked, const Target& target) {
  if (asked == target.name) return true;
  // "relative 1e-6" is "relative 1e-06".
  const std::size_t asked_end = asked.rfind(' ');
  const std::size_t target_end = target.name.rfind(' ');
  if (asked_end == std::string_view::npos || target_end == std::string::npos) return false;
  const std::optional<double> level = parse_level(asked.substr(asked_end + 1));
  return level && same_level(*level, target.level) &&
         asked.substr(0, asked_end) == std::string_view(target.name).substr(0, target_end);
}

// A level alone: deciding targets of that level, others where no deciding one has it.
bool same_bare_level(std::string_view asked, const Target& target, const std::vector<Target>& all) {
  const std::optional<double> level = parse_level(asked);
  if (!level || !same_level(*level, target.level)) return false;
  return target.decides || std::none_of(all.begin(), all.end(), [&](const Target& t) {
           return t.decides && same_level(*level, t.level);
         });
}

bool chosen(const Target& target, const std::vector<Target>& all, const TableOptions& options) {
  if (!options.metric.empty() && target.metric != options.metric) return false;
  return options.targets.empty() ||
         std::any_of(options.targets.begin(), options.targets.end(), [&](const std::string& asked) {
           return same_name(asked, target) || same_bare_level(asked, target, all);
         });
}

std::vector<Target> all_targets(const std::vector<const TrialRecord*>& trials) {
  std::vector<Target> targets;
  for (const TrialRecord* trial : trials) {
    for (const Target& target : trial->targets) {
      const auto known = std::find_if(targets.begin(), targets.end(),
                                      [&](const Target& t) { return t.name == target.name; });
      if (known == targets.end()) {
        targets.push_back(target);
      } else {
        known->below_floor |= target.below_floor;
        known->decides |= target.decides;
      }
    }
  }
  std::stable_sort(targets.begin(), targets.end(), [](const Target& a, const Target& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    return a.kind != TargetKind::metric && a.level > b.level;
  });
  return targets;
}

[[noreturn]] void refuse(std::string_view what, std::string_view asked,
                         const std::set<std::string>& known) {
  throw SelectionError(fmt::format("There is no {} \"{}\" among these trials. Known are: {}.", what,
                                   asked, fmt::join(known, ", ")));
}

using Names = std::function<std::vector<std::string>(const TrialRecord&)>;

void require_known(std::string_view what, const std::vector<std::string>& asked,
                   const Dataset& data, const Names& names_of) {
  std::set<std::string> known;
  for (const TrialRecord& trial : data.trials) {
    for (std::string& name : names_of(trial)) known.insert(std::move(name));
  }
  for (const std::string& name : asked) {
    if (!known.contains(name)) refuse(what, name, known);
  }
}

bool asks_for(const std::vector<std::string>& asked, const std::string& id,
              const std::string& label) {
  return asked.empty() || std::find(asked.begin(), asked.end(), id) != asked.end() ||
         std::find(asked.begin(), asked.end(), label) != asked.end();
}

void require_targets(const std::vector<const TrialRecord*>& trials, const TableOptions& options) {
  const std::vector<Target> all = all_targets(trials);
  std::set<std::string> names, metrics;
  for (const Target& target : all) {
    names.insert(target.name);
    if (!target.metric.empty()) metrics.insert(target.metric);
  }
  if (!options.metric.empty() && !metrics.contains(options.metric)) {
    refuse("metric", options.metric, metrics);
  }
  for (const std::string& asked : options.targets) {
    const bool found = std::any_of(all.begin(), all.end(), [&](const Target& t) {
      return same_name(asked, t) || same_bare_level(asked, t, all);
    });
    if (!found) refuse("target", asked, names);
  }
}

}  // namespace

std::vector<const TrialRecord*> select_trials(const Dataset& data, const TableOptions& options) {
  if (data.trials.empty()) return {};
  require_known("optimizer", options.optimizers, data, [](const TrialRecord& t) {
    return std::vector<std::string>{t.optimizer, t.optimizer_label};
  });
  require_known("problem", options.problems, data, [](const TrialRecord& t) {
    return std::vector<std::string>{t.problem, t.problem_label};
  });
  std::vector<const TrialRecord*> trials;
  for (const TrialRecord& trial : data.trials) {
    if (asks_for(options.optimizers, trial.optimizer, trial.optimizer_label) &&
        asks_for(options.problems, trial.problem, trial.problem_label)) {
      trials.push_back(&trial);
    }
  }
  if (!trials.empty()) require_targets(trials, options);
  return trials;
}

std::vector<Target> select_targets(const std::vector<const TrialRecord*>& trials,
                                   const TableOptions& options) {
  const std::vector<Target> all = all_targets(trials);
  std::vector<Target> targets;
  for (const Target& target : all) {
    if (chosen(target, all, options)) targets.push_back(target);
  }
  return targets;
}

const Target* tightest(const std::vector<Target>& targets) {
  constexpr std::array<TargetKind, 3> kKinds = {TargetKind::relative, TargetKind::metric,
                                                TargetKind::gradient};
  for (const bool below_floor : {false, true}) {
    for (const TargetKind kind : kKinds) {
      const auto last = std::find_if(targets.rbegin(), targets.rend(), [&](const Target& t) {
        return t.kind == kind && t.below_floor == below_floor;
      });
      if (last != targets.rend()) return &*last;
    }
  }
  return nullptr;
}

}  // namespace ravine::results
