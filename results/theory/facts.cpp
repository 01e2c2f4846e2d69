#include "results/theory/facts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>
#include <vector>

namespace ravine::results::theory {
namespace {

using Series = std::vector<std::pair<double, double>>;  // iteration, log of what falls

const Setting* find(const std::vector<Setting>& settings, std::string_view name) {
  for (const Setting& s : settings)
    if (s.name == name) return &s;
  return nullptr;
}

std::optional<double> slope_of_last_half(const Series& series) {
  if (series.empty()) return {};
  const double from = series.back().first / 2;
  double n = 0, k = 0, y = 0;
  for (const auto& [at, value] : series)
    if (at >= from) n += 1, k += at, y += value;
  if (n < 2) return {};
  k /= n, y /= n;
  double kk = 0, ky = 0;
  for (const auto& [at, value] : series)
    if (at >= from) kk += (at - k) * (at - k), ky += (at - k) * (value - y);
  return ky / kk;
}

}  // namespace

std::optional<double> setting(const TrialRecord& trial, std::string_view name) {
  const Setting* found = find(trial.settings, name);
  if (found == nullptr) return {};
  char* end = nullptr;
  const double value = std::strtod(found->value.c_str(), &end);
  if (end == found->value.c_str() || *end != '\0') return {};
  return value;
}

std::string_view choice(const TrialRecord& trial, std::string_view name) {
  const Setting* found = find(trial.settings, name);
  return found == nullptr ? std::string_view() : found->value;
}

std::string_view choice_of_problem(const TrialRecord& trial, std::string_view name) {
  const Setting* found = find(trial.parameters, name);
  return found == nullptr ? std::string_view() : found->value;
}

std::optional<double> constant(const TrialRecord& trial, const std::string& name) {
  const auto found = trial.constants.find(name);
  if (found == trial.constants.end()) return {};
  return found->second;
}

bool is_plain(const TrialRecord& trial) {
  return trial.schedule == "constant" && find(trial.settings, "average") == nullptr &&
         setting(trial, "weight_decay").value_or(0) == 0;
}

bool is_plain_and_full(const TrialRecord& trial) {
  return trial.batch_size == 0 && is_plain(trial);
}

std::optional<double> measured_rate(const TrialRecord& trial) {
  if (!trial.f_star || !trial.f_start) return {};
  constexpr double kRounding = std::numeric_limits<double>::epsilon();
  const double floor =
      std::max(1e-13 * (*trial.f_start - *trial.f_star), 16 * kRounding * std::fabs(*trial.f_star));
  Series series;
  for (const TracePoint& point : trial.trace) {
    if (!point.value || !(*point.value - *trial.f_star > floor)) break;
    if (!std::isfinite(*point.value)) break;
    series.emplace_back(static_cast<double>(point.iteration),
                        std::log(*point.value - *trial.f_star));
  }
  const auto slope = slope_of_last_half(series);
  if (!slope) return {};
  return std::exp(*slope / 2);
}

std::optional<double> measured_rate(const TrialRecord& trial, std::string_view metric) {
  const auto name = std::find(trial.metric_names.begin(), trial.metric_names.end(), metric);
  if (name == trial.metric_names.end()) return {};
  const auto place = static_cast<std::size_t>(name - trial.metric_names.begin());
  Series series;
  double first = 0;
  for (const TracePoint& point : trial.trace) {
    const double value = place < point.metrics.size() ? point.metrics[place] : 0;
    if (series.empty()) first = value;
    if (!(value > 1e-13 * first) || !std::isfinite(value)) break;
    series.emplace_back(static_cast<double>(point.iteration), std::log(value));
  }
  const auto slope = slope_of_last_half(series);
  if (!slope) return {};
  return std::exp(*slope);
}

std::optional<double> measured_iterations(const TrialRecord& trial, const Target& target) {
  for (const Hit& hit : trial.hits)
    if (hit.target == target.name && hit.rule == HitRule::iterate && hit.iteration &&
        !hit.iteration_after)
      return static_cast<double>(*hit.iteration);
  return {};
}

}  // namespace ravine::results::theory
