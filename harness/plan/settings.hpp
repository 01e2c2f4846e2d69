// Values of hyperparameters: from a suite's or a command line's words to the doubles that cross the
// contract, and back to text.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/plugin/info.hpp"
#include "harness/suite/suite.hpp"

namespace ravine::harness {

/// The value of one hyperparameter. A text is a choice's name or an expression in `constants`.
/// Throws UserError: out of range, not a whole number, unknown choice (with what is allowed). Never
/// clamps.
double setting_value(const ParameterInfo& parameter, const Scalar& value,
                     const std::map<std::string, double>& constants);

/// The index of a hyperparameter. Throws UserError with the nearest known name.
std::size_t setting_index(const OptimizerInfo& optimizer, const std::string& name);

/// Every hyperparameter's default, in order.
std::vector<double> default_settings(const OptimizerInfo& optimizer);

/// As it is recorded and shown: a choice by its name, a boolean as yes or no, a number by the
/// shortest text that reads back to it.
std::string setting_text(const ParameterInfo& parameter, double value);
std::string scalar_text(const Scalar& value);

}  // namespace ravine::harness
