// Where a square system r(x) = 0 vanishes whose term i reads few variables beside the i-th.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "problems/formula/formula.hpp"

namespace ravine::problems {

/// The root of r_i(x) = 0, i < n = f.terms(), that Newton's method finds from x. Term i reads x_j
/// with i - below <= j <= i + above only. Elimination is without pivoting: for Jacobians with a
/// dominant diagonal. O(n (below + 1) (above + 1)) operations a step, all of them + - * /, so that
/// the bits are the same on every machine.
template <class F>
std::vector<double> banded_root(const F& f, std::vector<double> x, std::size_t below,
                                std::size_t above) {
  const std::size_t n = x.size(), width = below + 1 + above;
  std::vector<double> rows(n * width), step(n);
  // J_ij stands in rows[i * width + j + below - i].
  const auto at = [&](std::size_t i, std::size_t j) -> double& {
    return rows[i * width + (j + below - i)];
  };
  Tape<double> tape;
  double before = std::numeric_limits<double>::infinity();
  for (int k = 0; k < 100; ++k) {
    std::ranges::fill(rows, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      tape.clear();
      const auto r = f.template term<Var<double>>(i, formula::Recorded{x.data(), &tape});
      step[i] = r.value;
      tape.backward(r.id, 1.0, [&](std::size_t j, double d) { at(i, j) += d; });
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t l = i + 1; l < std::min(n, i + below + 1); ++l) {
        const double factor = at(l, i) / at(i, i);
        for (std::size_t j = i; j < std::min(n, i + above + 1); ++j) at(l, j) -= factor * at(i, j);
        step[l] -= factor * step[i];
      }
    }
    double largest = 0;
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t j = i + 1; j < std::min(n, i + above + 1); ++j)
        step[i] -= at(i, j) * step[j];
      step[i] /= at(i, i);
      largest = std::max(largest, std::fabs(step[i]));
    }
    // Near the root, steps of rounding do not shrink any more.
    if (largest < 1e-8 && !(largest < before / 2)) break;
    before = largest;
    for (std::size_t i = 0; i < n; ++i) x[i] -= step[i];
  }
  return x;
}

}  // namespace ravine::problems
