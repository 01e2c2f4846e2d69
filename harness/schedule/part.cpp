#include "harness/schedule/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "ravine/plugin.h"

namespace ravine::harness {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string value_text(const ParameterInfo& info, double value) {
  if (info.type == RAVINE_CHOICE) return info.choices[static_cast<std::size_t>(value)];
  return fmt::format("{}", value);
}

}  // namespace

const Range kPositive{0, kInfinity, true, true};
const Range kNotNegative{0, kInfinity, false, true};
const Range kFromNoneToAll{0, 1};
const Range kAboveNoneToAll{0, 1, true, false};
const Range kBetweenNoneAndAll{0, 1, true, true};

PartParameter real_parameter(const char* name, double default_value, const Range& range,
                             const char* meaning) {
  PartParameter p;
  p.info.name = name;
  p.info.meaning = meaning;
  p.info.type = RAVINE_REAL;
  p.info.default_value = default_value;
  p.info.minimum = range.minimum;
  p.info.maximum = range.maximum;
  p.info.open = (range.open_minimum ? RAVINE_OPEN_MINIMUM : 0) |
                (range.open_maximum ? RAVINE_OPEN_MAXIMUM : 0);
  return p;
}

PartParameter whole_parameter(const char* name, double default_value, double minimum,
                              const char* meaning) {
  constexpr double kMost = 9007199254740992.0;  // 2^53
  PartParameter p = real_parameter(name, default_value, {minimum, kMost}, meaning);
  p.info.type = RAVINE_INTEGER;
  return p;
}

PartParameter choice_parameter(const char* name, std::initializer_list<const char*> choices,
                               const char* meaning) {
  PartParameter p = real_parameter(name, 0, {0, static_cast<double>(choices.size() - 1)}, meaning);
  p.info.type = RAVINE_CHOICE;
  p.info.choices.assign(choices.begin(), choices.end());
  return p;
}

const std::vector<double>& PartSpec::list(const std::string& parameter) const {
  const auto found = std::find_if(values.begin(), values.end(),
                                  [&](const PartValue& v) { return v.name == parameter; });
  if (found == values.end()) throw std::logic_error(name + " has no value of " + parameter);
  return found->values;
}

double PartSpec::operator[](const std::string& parameter) const { return list(parameter).at(0); }

std::string part_text(const PartSpec& spec, const std::vector<PartParameter>& parameters) {
  std::string text = spec.name;
  for (const PartParameter& parameter : parameters) {
    std::vector<std::string> values;
    for (const double value : spec.list(parameter.info.name))
      values.push_back(value_text(parameter.info, value));
    text += fmt::format(" {}={}", parameter.info.name, fmt::join(values, ","));
  }
  return text;
}

}  // namespace ravine::harness
