// What the theory of first-order methods is tested on: problems whose answer is known, and the
// measured rate of a linear recurrence.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "tests/plugins/host.hpp"

namespace ravine::test {

/// f = lambda/2 x^2 from x = 1.
inline Objective parabola(double lambda) { return diagonal_quadratic({lambda}); }

/// f = slope x from x = 0: every gradient is the slope.
inline Objective slope(double slope) {
  return {{0}, [slope](std::span<const double> x, std::span<double> g) {
            if (!g.empty()) g[0] = slope;
            return slope * x[0];
          }};
}

/// f = 0, so that only what a method does by itself moves x.
inline Objective nothing(std::vector<double> start) {
  return {std::move(start), [](std::span<const double>, std::span<double> g) {
            std::fill(g.begin(), g.end(), 0.0);
            return 0.0;
          }};
}

/// Nesterov's worst function for smooth convex problems from 0 (Nesterov 2004, section 2.1.2):
/// L/4 (1/2 (x_1^2 + sum (x_i - x_{i+1})^2 + x_n^2) - x_1).
struct WorstFunction {
  std::size_t n;
  double L = 1;
  [[nodiscard]] Objective objective() const {
    return {std::vector<double>(n, 0.0), [*this](std::span<const double> x, std::span<double> g) {
              double sum = x[0] * x[0] + x[n - 1] * x[n - 1];
              for (std::size_t i = 0; i + 1 < n; ++i) sum += (x[i] - x[i + 1]) * (x[i] - x[i + 1]);
              for (std::size_t i = 0; i < g.size(); ++i)
                g[i] = L / 4 * (2 * x[i] - (i > 0 ? x[i - 1] : 1) - (i + 1 < n ? x[i + 1] : 0));
              return L / 4 * (sum / 2 - x[0]);
            }};
  }
  [[nodiscard]] double minimum() const { return L / 8 * (1 / static_cast<double>(n + 1) - 1); }
  /// |x0 - x*|^2
  [[nodiscard]] double distance2() const {
    const auto m = static_cast<double>(n);
    return m * (2 * m + 1) / (6 * (m + 1));
  }
};

/// 1/2 (x_1^2 + ... + x_{n-1}^2) - gamma/2 x_n^2 + 1/4 x_n^4 from the saddle point 0: n last.
inline Objective strict_saddle(std::size_t n, double gamma, double delta = 0) {
  std::vector<double> start(n, 0.0);
  start.back() = delta;
  const auto f = [gamma](std::span<const double> x, std::span<double> g) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) sum += x[i] * x[i];
    std::copy(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(g.size()), g.begin());
    const double z2 = x.back() * x.back();
    if (!g.empty()) g.back() = x.back() * (z2 - gamma);
    return sum / 2 - gamma / 2 * z2 + z2 * z2 / 4;
  };
  const auto hessian = [gamma](std::span<const double> x, std::span<double> h) {
    std::fill(h.begin(), h.end(), 0.0);
    for (std::size_t i = 0; i < x.size(); ++i) h[i * x.size() + i] = 1;
    h.back() = 3 * x.back() * x.back() - gamma;
  };
  return {start, f, hessian};
}

/// The iterates x_0 .. x_count of a method on a problem of one variable.
inline std::vector<double> path(Host& host, int count) {
  std::vector<double> x{host.x[0]};
  for (int k = 0; k < count; ++k) {
    host.steps(1);
    x.push_back(host.x[0]);
  }
  return x;
}

/// The asymptotic rate of iterates x_{k+1} = T x_k - D x_{k-1}, of which `complex` says whether the
/// eigenvalues are (or coincide): then x_k^2 - x_{k+1} x_{k-1} shrinks by D, the square of the
/// rate, at each step; otherwise x_k itself shrinks by the larger eigenvalue in the end.
inline double measured_rate(const std::vector<double>& x, bool complex) {
  const std::size_t last = x.size() - 2;
  if (!complex) return std::fabs(x[last + 1] / x[last]);
  const auto q = [&](std::size_t k) { return x[k] * x[k] - x[k + 1] * x[k - 1]; };
  return std::pow(q(last) / q(1), 0.5 / static_cast<double>(last - 1));
}

inline double distance(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}
inline double length(std::span<const double> x) {
  return distance(x, std::vector<double>(x.size(), 0.0));
}

}  // namespace ravine::test
