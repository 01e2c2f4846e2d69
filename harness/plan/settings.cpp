#include "harness/plan/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/error.hpp"
#include "harness/suite/expression.hpp"
#include "problems/text/nearest.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {
namespace {

bool legal(const ParameterInfo& p, double value) {
  return std::isfinite(value) && value >= p.minimum && value <= p.maximum &&
         !(value == p.minimum && (p.open & RAVINE_OPEN_MINIMUM) != 0) &&
         !(value == p.maximum && (p.open & RAVINE_OPEN_MAXIMUM) != 0);
}

}  // namespace

double setting_value(const ParameterInfo& p, const Scalar& given,
                     const std::map<std::string, double>& constants) {
  double value = 0;
  if (const auto* text = std::get_if<std::string>(&given)) {
    if (p.type == RAVINE_CHOICE) {
      const auto found = std::find(p.choices.begin(), p.choices.end(), *text);
      if (found == p.choices.end())
        throw UserError(fmt::format("{} cannot be \"{}\"{}", p.name, *text,
                                    problems::suggestion(*text, p.choices)));
      return static_cast<double>(found - p.choices.begin());
    }
    if (p.type == RAVINE_BOOLEAN && (*text == "yes" || *text == "true")) return 1;
    if (p.type == RAVINE_BOOLEAN && (*text == "no" || *text == "false")) return 0;
    value = evaluate_expression(*text, constants);
  } else {
    value = std::get<double>(given);
  }
  if (p.type == RAVINE_CHOICE)
    throw UserError(
        fmt::format("{} cannot be {}: write one of {}", p.name, value, fmt::join(p.choices, ", ")));
  if (!legal(p, value))
    throw UserError(fmt::format("{} = {} is not legal: write a value in {}", p.name, value,
                                parameters_to_text(p)));
  if (p.type != RAVINE_REAL && value != std::floor(value))
    throw UserError(fmt::format("{} = {} is not legal: write a whole number in {}", p.name, value,
                                parameters_to_text(p)));
  return value;
}

std::size_t setting_index(const OptimizerInfo& optimizer, const std::string& name) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < optimizer.parameters.size(); ++i) {
    if (optimizer.parameters[i].name == name) return i;
    names.push_back(optimizer.parameters[i].name);
  }
  throw UserError(fmt::format("{} has no hyperparameter \"{}\"{}", optimizer.id, name,
                              names.empty() ? ": it has none" : problems::suggestion(name, names)));
}

std::vector<double> default_settings(const OptimizerInfo& optimizer) {
  std::vector<double> values;
  for (const auto& p : optimizer.parameters) values.push_back(p.default_value);
  return values;
}

std::string setting_text(const ParameterInfo& p, double value) {
  if (p.type == RAVINE_CHOICE) return p.choices[static_cast<std::size_t>(value)];
  if (p.type == RAVINE_BOOLEAN) return value != 0 ? "yes" : "no";
  return fmt::format("{}", value);
}

std::string scalar_text(const Scalar& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return fmt::format("{}", std::get<double>(value));
}

}  // namespace ravine::harness
