// What schedules and averages have in common: a name, parameters that are described as an
// optimizer's hyperparameters are, and values.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "harness/plugin/info.hpp"

namespace ravine::harness {

struct PartParameter {
  ParameterInfo info;
  std::string default_text{};  ///< in words where it is no number of its own; "" elsewhere
  std::string default_from{};  ///< the parameter whose value it is by default, or kRest
  bool is_list = false;        ///< takes a whole list of numbers, in rising order

  [[nodiscard]] bool required() const { return !default_text.empty() && default_from.empty(); }
};

/// In `default_from`: what the trial's iterations leave behind the warm-up.
inline constexpr const char* kRest = "rest";

/// All numbers from `minimum` to `maximum`, or those between them.
struct Range {
  double minimum, maximum;
  bool open_minimum = false, open_maximum = false;
};
extern const Range kPositive, kNotNegative, kFromNoneToAll, kAboveNoneToAll, kBetweenNoneAndAll;

PartParameter real_parameter(const char* name, double default_value, const Range& range,
                             const char* meaning);
PartParameter whole_parameter(const char* name, double default_value, double minimum,
                              const char* meaning);
/// The first choice is the default.
PartParameter choice_parameter(const char* name, std::initializer_list<const char*> choices,
                               const char* meaning);

/// Values of all parameters, in the order in which they are described; a choice by its index.
struct PartValue {
  std::string name;
  std::vector<double> values;
};

/// A schedule or an average in force.
struct PartSpec {
  std::string name;
  std::vector<PartValue> values;

  /// The value of a parameter that is there: a wrong name is a mistake of ours.
  [[nodiscard]] const std::vector<double>& list(const std::string& parameter) const;
  [[nodiscard]] double operator[](const std::string& parameter) const;
  [[nodiscard]] bool empty() const { return name.empty(); }
};

/// "cosine total=1000 eta_min=0 per=step": numbers by the shortest text that reads back to them.
std::string part_text(const PartSpec& spec, const std::vector<PartParameter>& parameters);

}  // namespace ravine::harness
