#include "harness/suite/range.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace ravine::harness {
namespace {

/// The ratio of two extreme ends overflows a double.
using Wide = long double;

constexpr int kDigits = 15;
constexpr double kWholeStep = 1e-9;

/// `value` to 15 significant digits, and 0 where only the rounding errors of `scale` are left.
double tidy(double value, double scale) {
  if (std::abs(value) < 1e-15 * scale) return 0.0;
  std::array<char, 40> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), value,
                                     std::chars_format::scientific, kDigits - 1);
  double result = value;
  const auto read = std::from_chars(text.data(), written.ptr, result);
  return read.ec == std::errc{} ? result : value;
}

}  // namespace

std::vector<double> linear_range(double from, double to, std::size_t count) {
  const double scale = std::max(std::abs(from), std::abs(to));
  std::vector<double> values(count, from);
  for (std::size_t i = 1; i + 1 < count; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(count - 1);
    values[i] = tidy(from * (1.0 - t) + to * t, scale);
  }
  if (count > 1) values.back() = to;
  return values;
}

std::vector<double> logarithmic_range(double from, double to, std::size_t count) {
  std::vector<double> values(count, from);
  for (std::size_t i = 1; i + 1 < count; ++i) {
    const Wide t = static_cast<Wide>(i) / static_cast<Wide>(count - 1);
    values[i] = tidy(static_cast<double>(Wide{from} * std::pow(Wide{to} / Wide{from}, t)), 0.0);
  }
  if (count > 1) values.back() = to;
  return values;
}

double stepped_count(double from, double to, double step) {
  const double steps = to / step - from / step;
  return std::floor(steps + kWholeStep * std::max(1.0, steps)) + 1.0;
}

std::vector<double> stepped_range(double from, double to, double step) {
  const double scale = std::max(std::abs(from), std::abs(to));
  const double steps = to / step - from / step;
  const auto count = static_cast<std::size_t>(stepped_count(from, to, step));
  std::vector<double> values(count, from);
  for (std::size_t i = 1; i < count; ++i)
    values[i] = tidy(from + static_cast<double>(i) * step, scale);
  const double last = static_cast<double>(count - 1);
  if (count > 1 && std::abs(steps - last) <= kWholeStep * last) values.back() = to;
  return values;
}

}  // namespace ravine::harness
