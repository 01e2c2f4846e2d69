#include "harness/plan/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/error.hpp"
#include "harness/plan/settings.hpp"
#include "harness/schedule/catalog.hpp"
#include "problems/text/nearest.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {
namespace {

using Constants = std::map<std::string, double>;

[[noreturn]] void complain(const Place& place, const std::string& text) {
  throw UserError(fmt::format("{}: {}", place.text(), text));
}

/// The kind of this name. `what` is "schedule" or "average".
template <class Kind>
const Kind& find_kind(const std::vector<Kind>& catalog, const NamedPart& part, const char* what) {
  std::vector<std::string> known;
  for (const Kind& kind : catalog) {
    if (kind.id == part.name) return kind;
    known.push_back(kind.id);
  }
  complain(part.place, fmt::format("no {} is called \"{}\"{}", what, part.name,
                                   problems::suggestion(part.name, known)));
}

void check_names(const NamedPart& part, const std::vector<PartParameter>& parameters) {
  std::vector<std::string> known;
  known.reserve(parameters.size());
  for (const PartParameter& p : parameters) known.push_back(p.info.name);
  for (const Setting& given : part.parameters)
    if (std::find(known.begin(), known.end(), given.name) == known.end())
      complain(given.place, fmt::format("{} has no parameter \"{}\"{}", part.name, given.name,
                                        known.empty() ? ": it has none"
                                                      : problems::suggestion(given.name, known)));
}

/// What the part gives of a parameter, as numbers; nothing when it is left out.
std::vector<double> given_values(const NamedPart& part, const std::vector<std::size_t>& at,
                                 const PartParameter& parameter, const Constants& constants) {
  for (std::size_t i = 0; i < part.parameters.size(); ++i) {
    const Setting& given = part.parameters[i];
    if (given.name != parameter.info.name) continue;
    std::vector<double> values;
    try {
      for (std::size_t j = 0; j < given.values.size(); ++j)
        if (parameter.is_list || j == at[i])
          values.push_back(setting_value(parameter.info, given.values[j], constants));
    } catch (const UserError& e) {
      complain(given.value_place, e.what());
    }
    for (std::size_t j = 1; j < values.size(); ++j)
      if (!(values[j - 1] < values[j]))
        complain(given.value_place, fmt::format("{} must rise: {} stands before {}",
                                                parameter.info.name, values[j - 1], values[j]));
    return values;
  }
  return {};
}

PartSpec values_at(const NamedPart& part, const std::vector<PartParameter>& parameters,
                   const std::vector<std::size_t>& at, const Constants& constants) {
  check_names(part, parameters);
  PartSpec spec{part.name, {}};
  for (const PartParameter& p : parameters) {
    std::vector<double> values = given_values(part, at, p, constants);
    if (values.empty() && p.required())
      complain(part.place, fmt::format("{} needs {}: {}; write {} = ...", part.name, p.info.name,
                                       p.info.meaning, p.info.name));
    if (values.empty() && p.default_from.empty()) values = {p.info.default_value};
    spec.values.push_back({p.info.name, std::move(values)});
  }
  // Defaults that are other parameters' values.
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (spec.values[i].values.empty() && parameters[i].default_from != kRest)
      spec.values[i].values = spec.list(parameters[i].default_from);
  return spec;
}

/// Fills in what the trial leaves behind the warm-up.
void add_rest(PartSpec& spec, const NamedPart& part, double horizon) {
  for (PartValue& value : spec.values) {
    if (!value.values.empty()) continue;
    const double rest = horizon - spec["warmup"];
    if (!(rest > 0))
      complain(part.place,
               fmt::format("a warm-up of {} leaves nothing of a trial of {}: write a shorter one, "
                           "or {} = ...",
                           spec["warmup"], horizon, value.name));
    value.values = {rest};
  }
}

bool is_constant(const PartSpec& spec) { return spec.name == "constant" && spec["warmup"] == 0; }

}  // namespace

Horizon horizon_of(std::uint64_t steps, const BatchRule& rule) {
  Horizon horizon{static_cast<double>(steps), static_cast<double>(steps)};
  if (rule.size == 0 || rule.sample_count == 0) return horizon;
  const auto all = static_cast<double>(rule.sample_count);
  if (rule.fresh || rule.order == BatchOrder::replacement) {
    horizon.epochs = static_cast<double>(steps) * static_cast<double>(rule.size) / all;
    return horizon;
  }
  // The last batch of an epoch is what is left of it, or there is none.
  const std::uint64_t left = rule.sample_count % rule.size;
  const std::uint64_t each = rule.sample_count / rule.size + (left > 0 && !rule.drop_last ? 1 : 0);
  const std::uint64_t whole = steps / each;
  const double size = rule.drop_last ? all - static_cast<double>(left) : all;
  horizon.epochs =
      static_cast<double>(whole) + static_cast<double>(steps % each * rule.size) / size;
  return horizon;
}

std::vector<Setting> sweeps_of(const OptimizerEntry& entry) {
  std::vector<Setting> sweeps = entry.settings;
  const auto add = [&](const std::optional<NamedPart>& part, const char* what) {
    if (!part) return;
    const ScheduleKind* kind = find_schedule(part->name);
    for (Setting setting : part->parameters) {
      if (kind != nullptr)
        for (const PartParameter& p : kind->parameters)
          if (p.info.name == setting.name && p.is_list) setting.values.resize(1);
      setting.name = fmt::format("{}.{}", what, setting.name);
      sweeps.push_back(std::move(setting));
    }
  };
  add(entry.schedule, "schedule");
  add(entry.average, "average");
  return sweeps;
}

ScheduleSpec schedule_at(const NamedPart& part, const std::vector<std::size_t>& at,
                         std::map<std::string, double> constants, const Horizon& horizon) {
  const ScheduleKind& kind = find_kind(schedule_catalog(), part, "schedule");
  // The unit first: the horizon is in it.
  Per per = kind.per;
  for (const PartParameter& p : kind.parameters)
    if (p.info.name == "per")
      if (const auto given = given_values(part, at, p, constants); !given.empty())
        per = static_cast<Per>(static_cast<int>(given[0]));
  const double length = per == Per::step ? horizon.steps : horizon.epochs;
  constants["T"] = length;
  ScheduleSpec spec{values_at(part, kind.parameters, at, constants)};
  add_rest(spec, part, length);
  try {
    (void)Schedule(spec);
  } catch (const UserError& e) {
    complain(part.place, e.what());
  }
  return is_constant(spec) ? ScheduleSpec{} : spec;
}

AverageSpec average_at(const NamedPart& part, const std::vector<std::size_t>& at,
                       const std::map<std::string, double>& constants) {
  const AverageKind& kind = find_kind(average_catalog(), part, "average");
  return {values_at(part, kind.parameters, at, constants)};
}

void add_parts(TrialSpec& trial, const OptimizerEntry& entry, const OptimizerInfo& optimizer,
               const std::vector<std::size_t>& at, const std::map<std::string, double>& constants,
               const BatchRule& rule) {
  auto next = at.begin() + static_cast<std::ptrdiff_t>(entry.settings.size());
  const auto indices_of = [&](const NamedPart& part) {
    const auto begin = next;
    next += static_cast<std::ptrdiff_t>(part.parameters.size());
    return std::vector<std::size_t>(begin, next);
  };
  if (entry.schedule) {
    trial.schedule = schedule_at(*entry.schedule, indices_of(*entry.schedule), constants,
                                 horizon_of(trial.budget_iterations, rule));
  }
  if (entry.average) {
    const Place& place = entry.average->place;
    trial.average = average_at(*entry.average, indices_of(*entry.average), constants);
    if (!optimizer.steps)
      complain(place, fmt::format("{} owns its loop, and its iterates cannot be averaged: leave "
                                  "average out",
                                  optimizer.id));
    if (optimizer.has_judged_point)
      complain(place, fmt::format("{} averages its iterates itself (it has a judged point of its "
                                  "own): leave average out",
                                  optimizer.id));
  }
}

std::string parts_suffix(const OptimizerEntry& entry) {
  std::string suffix;
  if (entry.schedule) suffix += " schedule=" + entry.schedule->name;
  if (entry.average) suffix += " average=" + entry.average->name;
  return suffix;
}

}  // namespace ravine::harness
