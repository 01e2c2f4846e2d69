#include "harness/plan/targets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/error.hpp"
#include "harness/measure/area.hpp"
#include "problems/text/nearest.hpp"

namespace ravine::harness {
namespace {

using results::Target;
using results::TargetKind;

void add_relative(const Suite& suite, const ProblemConfig& config, std::vector<Target>& targets) {
  const auto& own = config.entry->targets.relative;
  if (own && !own->empty() && !config.facts.has_f_star)
    throw UserError(fmt::format(
        "{}: the minimum of {} is not known, so it has no relative targets: give levels of its "
        "metrics ({})",
        config.entry->targets.place.text(), config.label, fmt::join(config.facts.metrics, ", ")));
  const auto& levels = own ? own : suite.targets.relative;
  if (!levels || !config.facts.has_f_star) return;
  for (const double level : *levels)
    targets.push_back({.name = fmt::format("relative {:.0e}", level),
                       .kind = TargetKind::relative,
                       .metric = {},
                       .level = level,
                       .decides = true,
                       .below_floor = level < config.facts.rounding_floor});
}

void add_gradient(const Suite& suite, const ProblemConfig& config, std::vector<Target>& targets) {
  const auto& levels =
      config.entry->targets.gradient ? config.entry->targets.gradient : suite.targets.gradient;
  // A gradient over all samples says little of a run on batches, and costs a pass.
  if (!levels || config.batch_size != 0) return;
  for (const double level : *levels)
    targets.push_back({.name = fmt::format("gradient {:.0e}", level),
                       .kind = TargetKind::gradient,
                       .metric = {},
                       .level = level,
                       .decides = false});
}

void add_metrics(const Suite& suite, const ProblemConfig& config, std::vector<Target>& targets) {
  const auto& own = config.entry->targets.metrics;
  const auto& lists = own.empty() ? suite.targets.metrics : own;
  for (const auto& [metric, levels] : lists) {
    const auto& known = config.facts.metrics;
    if (std::find(known.begin(), known.end(), metric) == known.end()) {
      if (own.empty()) continue;
      throw UserError(fmt::format(
          "{}: {} has no metric \"{}\"{}", config.entry->targets.place.text(), config.label, metric,
          known.empty() ? ": it has none" : problems::suggestion(metric, known)));
    }
    for (const double level : levels)
      targets.push_back({.name = fmt::format("{} {}", metric, level),
                         .kind = TargetKind::metric,
                         .metric = metric,
                         .level = level});
  }
}

}  // namespace

std::vector<Target> targets_of(const Suite& suite, const ProblemConfig& config) {
  std::vector<Target> targets;
  add_relative(suite, config, targets);
  add_gradient(suite, config, targets);
  add_metrics(suite, config, targets);
  if (targets.size() > kMostTargets)
    throw UserError(fmt::format("{}: {} targets; at most {} can be recorded: write fewer",
                                config.entry->place.text(), targets.size(), kMostTargets));
  std::vector<std::string> names;
  for (const auto& target : targets) {
    if (std::find(names.begin(), names.end(), target.name) != names.end())
      throw UserError(fmt::format(
          "{}: two targets are both called \"{}\": write levels that differ in their first digit",
          config.entry->place.text(), target.name));
    names.push_back(target.name);
  }
  return targets;
}

}  // namespace ravine::harness
