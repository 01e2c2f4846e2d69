// The discretized boundary value problem u'' = (u + t + 1)^3 / 2, u(0) = u(1) = 0, in the two forms
// of the collection: they have one root.
#pragma once

#include <vector>

#include "problems/least_squares/banded_root.hpp"

namespace ravine::problems {

/// r_i = 2 x_i - x_{i-1} - x_{i+1} + h^2 (x_i + t_i + 1)^3 / 2, h = 1 / (n + 1), t_i = i h.
struct DiscreteBoundaryValue {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] double h() const { return 1 / static_cast<double>(n + 1); }
  [[nodiscard]] double t(std::size_t i) const {
    return static_cast<double>(i + 1) / static_cast<double>(n + 1);
  }
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const T shifted = x[i] + (t(i) + 1);
    T r = 2 * x[i] + (h() * h() / 2) * (square(shifted) * shifted);
    if (i > 0) r -= x[i - 1];
    if (i + 1 < n) r -= x[i + 1];
    return r;
  }
};

/// t (t - 1), where both forms start.
inline std::vector<double> parabola(const DiscreteBoundaryValue& f) {
  std::vector<double> x(f.n);
  for (std::size_t i = 0; i < f.n; ++i) x[i] = f.t(i) * (f.t(i) - 1);
  return x;
}

/// What is known of both.
inline Known discrete_boundary_value_known(const DiscreteBoundaryValue& f) {
  return {.x0 = parabola(f), .x_star = banded_root(f, parabola(f), 1, 1), .f_star = 0};
}

}  // namespace ravine::problems
