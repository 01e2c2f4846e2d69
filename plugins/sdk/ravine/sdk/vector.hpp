// Reductions whose result depends on neither compiler, instruction set nor alignment: eight lanes,
// summed in a fixed order. Elementwise work needs no help: a plain loop is exact everywhere.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace ravine::sdk {

/// Sum of x_i y_i over two vectors of one length.
inline double dot(std::span<const double> x, std::span<const double> y) {
  constexpr std::size_t kLanes = 8;
  std::array<double, kLanes> lane{};
  const std::size_t whole = x.size() - x.size() % kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes)
    for (std::size_t j = 0; j < kLanes; ++j) lane[j] += x[i + j] * y[i + j];
  for (std::size_t i = whole; i < x.size(); ++i) lane[i - whole] += x[i] * y[i];
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

inline double norm(std::span<const double> x) { return std::sqrt(dot(x, x)); }

/// Largest |x_i|; 0 for an empty vector, NaN if any x_i is.
inline double max_norm(std::span<const double> x) {
  double largest = 0;
  for (const double v : x) {
    const double a = std::fabs(v);
    if (a > largest || std::isnan(a)) largest = a;
  }
  return largest;
}

/// Whether x and y hold the same numbers; NaN differs from everything.
inline bool same(std::span<const double> x, std::span<const double> y) {
  return std::equal(x.begin(), x.end(), y.begin(), y.end());
}

/// y += a x
inline void add_scaled(std::span<double> y, double a, std::span<const double> x) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] += a * x[i];
}

}  // namespace ravine::sdk
