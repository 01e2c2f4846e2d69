#include "results/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ravine::results {
namespace {

constexpr double kMiss = std::numeric_limits<double>::infinity();

double as_miss(double x) {
  if (std::isnan(x)) return kMiss;
  return x;
}

std::vector<double> sorted(std::vector<double> values) {
  std::transform(values.begin(), values.end(), values.begin(), as_miss);
  std::sort(values.begin(), values.end());
  return values;
}

// |a - b| in which two equal infinities are 0 apart, where IEEE 754 has NaN.
double distance(double a, double b) { return a == b ? 0 : std::abs(a - b); }

// (a + b) / 2 without overflow; -inf and +inf make a miss, not NaN.
double middle(double a, double b) { return a == b ? a : as_miss(a / 2 + b / 2); }

}  // namespace

std::optional<double> median(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  values = sorted(std::move(values));
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : middle(values[half - 1], values[half]);
}

std::optional<double> minimum(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  double lowest = kMiss;
  for (const double x : values) lowest = std::min(lowest, as_miss(x));
  return lowest;
}

std::optional<double> maximum(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  double highest = -kMiss;
  for (const double x : values) highest = std::max(highest, as_miss(x));
  return highest;
}

std::optional<double> quantile(std::vector<double> values, double p) {
  if (values.empty()) return std::nullopt;
  values = sorted(std::move(values));
  const double index = std::clamp(p, 0.0, 1.0) * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(index));
  const double weight = index - std::floor(index);
  const double low = values[below];
  if (weight == 0) return low;  // else an infinite neighbour would give 0 * inf = NaN
  const double high = values[below + 1];
  return low == high ? low : as_miss(low + weight * (high - low));
}

std::optional<double> median_absolute_deviation(const std::vector<double>& values) {
  const std::optional<double> centre = median(values);
  if (!centre) return std::nullopt;
  std::vector<double> deviations;
  deviations.reserve(values.size());
  for (const double x : values) deviations.push_back(distance(as_miss(x), *centre));
  return median(std::move(deviations));
}

}  // namespace ravine::results
