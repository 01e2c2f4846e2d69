// What a theorem asks of a record. Internal to the theorems.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "results/record.hpp"

namespace ravine::results::theory {

/// A number of the optimizer's settings; empty where there is none of that name.
std::optional<double> setting(const TrialRecord& trial, std::string_view name);
/// A choice of the optimizer's settings; "" where there is none of that name.
std::string_view choice(const TrialRecord& trial, std::string_view name);
/// The same of the problem's parameters.
std::string_view choice_of_problem(const TrialRecord& trial, std::string_view name);
std::optional<double> constant(const TrialRecord& trial, const std::string& name);

/// The same rate in every step, the iterates themselves judged, no weight decay.
bool is_plain(const TrialRecord& trial);
/// `is_plain`, and on the full objective.
bool is_plain_and_full(const TrialRecord& trial);

/// The factor per iteration of what falls like sqrt(f - f*), by least squares of log(f - f*) over
/// the last half of the judged iterations in which f - f* is above its rounding: 1e-13 of
/// f(x0) - f*, or 16 roundings of f*. Empty below two such points.
std::optional<double> measured_rate(const TrialRecord& trial);
/// The same of a metric that falls to 0, above 1e-13 of its first value.
std::optional<double> measured_rate(const TrialRecord& trial, std::string_view metric);

/// First iteration that met the target; empty where it was missed, or met between two looks.
std::optional<double> measured_iterations(const TrialRecord& trial, const Target& target);

}  // namespace ravine::results::theory
