#include "problems/family.hpp"

#include <algorithm>
#include <cmath>

#include "problems/text/nearest.hpp"
#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

std::string quoted(const std::string& text) { return "'" + text + "'"; }

std::string where(const Family& family, const ParameterSpec& spec) {
  return "parameter " + quoted(spec.name) + " of problem " + quoted(family.id);
}

ParameterValue default_of(const ParameterSpec& spec) {
  if (spec.type == ParameterType::choice || spec.type == ParameterType::text)
    return {0, spec.default_value};
  return {parse_number(spec.default_value).value(), ""};
}

void check_number(const Family& family, const ParameterSpec& spec, const ParameterValue& value) {
  const bool integer = spec.type == ParameterType::integer;
  const std::string wanted = std::string(integer ? "an integer" : "a number") + " from " +
                             decimal(spec.minimum) + " to " + decimal(spec.maximum);
  if (!value.text.empty())
    throw ProblemError(where(family, spec) + " is " + wanted + ", not " + quoted(value.text));
  const double x = value.number;
  const bool in_range = x >= spec.minimum && x <= spec.maximum;
  if (!in_range || (integer && x != std::floor(x)))
    throw ProblemError(where(family, spec) + " is " + wanted + ", not " + decimal(x));
}

void check_choice(const Family& family, const ParameterSpec& spec, const ParameterValue& value) {
  if (std::ranges::find(spec.choices, value.text) != spec.choices.end()) return;
  throw ProblemError(where(family, spec) + " has no choice " + quoted(value.text) +
                     suggestion(value.text, spec.choices));
}

ParameterValue checked(const Family& family, const ParameterSpec& spec, ParameterValue value) {
  switch (spec.type) {
    case ParameterType::real:
    case ParameterType::integer:
      check_number(family, spec, value);
      break;
    case ParameterType::choice:
      check_choice(family, spec, value);
      break;
    case ParameterType::text:
      // hidden = 32 in a suite is a number, and means the text "32".
      if (value.text.empty()) value = {0, decimal(value.number)};
      break;
  }
  return value;
}

}  // namespace

Parameters complete_parameters(const Family& family,
                               const std::map<std::string, ParameterValue>& given) {
  Parameters result;
  std::vector<std::string> names;
  for (const ParameterSpec& spec : family.parameters) {
    names.push_back(spec.name);
    const auto found = given.find(spec.name);
    result[spec.name] =
        found == given.end() ? default_of(spec) : checked(family, spec, found->second);
  }
  for (const auto& [name, value] : given) {
    if (!result.contains(name))
      throw ProblemError("problem " + quoted(family.id) + " has no parameter " + quoted(name) +
                         suggestion(name, names));
  }
  return result;
}

}  // namespace ravine::problems
