// The minimizer of a convex formula whose terms read few variables close to each other.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "problems/formula/formula.hpp"

namespace ravine::problems {

/// Gradient and Hessian of a formula at x, the latter by its band: entry (i, j), j <= i <= j +
/// band, stands in h[i * (band + 1) + i - j].
template <class F>
struct BandedModel {
  double f = 0;
  std::vector<double> g, h;

  BandedModel(const F& formula, const std::vector<double>& x, std::size_t band)
      : g(x.size()), h(x.size() * (band + 1)) {
    Tape<double> first;
    Tape<Dual<1>> second;
    std::vector<double> unit(x.size());
    std::vector<std::size_t> read;
    for (std::size_t i = 0; i < formula.terms(); ++i) {
      first.clear();
      read.clear();
      const auto t = formula.template term<Var<double>>(i, formula::Recorded{x.data(), &first});
      f += F::kSquares ? t.value * t.value : t.value;
      first.backward(t.id, F::kSquares ? 2 * t.value : 1.0, [&](std::size_t j, double d) {
        g[j] += d;
        read.push_back(j);
      });
      std::ranges::sort(read);
      read.erase(std::unique(read.begin(), read.end()), read.end());
      for (const std::size_t j : read) {
        unit[j] = 1;
        second.clear();
        const auto r = formula.template term<Var<Dual<1>>>(
            i, formula::RecordedDirected{{x.data(), unit.data()}, &second});
        second.backward(r.id, F::kSquares ? 2.0 * r.value : Dual<1>(1.0),
                        [&](std::size_t k, const Dual<1>& d) {
                          if (k >= j) h[k * (band + 1) + k - j] += d.d[0];
                        });
        unit[j] = 0;
      }
    }
  }
};

/// Solves H s = b in place, H positive definite with this band, which becomes its Cholesky factor.
inline void solve_banded(std::vector<double>& h, std::vector<double>& b, std::size_t band) {
  const std::size_t n = b.size();
  const auto at = [&](std::size_t i, std::size_t j) -> double& {
    return h[i * (band + 1) + i - j];
  };
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t begin = i > band ? i - band : 0;
    for (std::size_t j = begin; j <= i; ++j) {
      double sum = at(i, j);
      for (std::size_t k = std::max(begin, j > band ? j - band : 0); k < j; ++k)
        sum -= at(i, k) * at(j, k);
      at(i, j) = j < i ? sum / at(j, j) : std::sqrt(sum);
    }
    for (std::size_t k = begin; k < i; ++k) b[i] -= at(i, k) * b[k];
    b[i] /= at(i, i);
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < std::min(n, i + band + 1); ++k) b[i] -= at(k, i) * b[k];
    b[i] /= at(i, i);
  }
}

struct BandedMinimum {
  std::vector<double> x;
  double f;
};

/// Newton's method from x with halved steps while f rises. Every term reads variables that are at
/// most `band` apart, and the Hessian is positive definite: n (band + 1)^2 operations a step.
template <class F>
BandedMinimum banded_minimizer(const F& formula, std::vector<double> x, std::size_t band) {
  const auto value = [&](const std::vector<double>& at) {
    double f = 0;
    for (std::size_t i = 0; i < formula.terms(); ++i) {
      const double t = formula.template term<double>(i, formula::Values{at.data()});
      f += F::kSquares ? t * t : t;
    }
    return f;
  };
  // Once the gain in sight is this small, convergence is quadratic, and rounding is all that is
  // left after some more steps, which need no comparison of values.
  constexpr double kClose = 1e-8;
  constexpr int kLast = 4;
  for (int k = 0, close = 0; k < 200 && close < kLast; ++k) {
    BandedModel<F> model(formula, x, band);
    std::vector<double> step = model.g;
    solve_banded(model.h, step, band);
    double gain = 0;
    for (std::size_t i = 0; i < x.size(); ++i) gain += 0.5 * step[i] * model.g[i];
    double length = 1;
    std::vector<double> next(x.size());
    for (;; length /= 2) {
      for (std::size_t i = 0; i < x.size(); ++i) next[i] = x[i] - length * step[i];
      if (gain <= kClose * model.f || value(next) < model.f || length < 1e-6) break;
    }
    if (gain <= kClose * model.f) ++close;
    x = next;
  }
  return {x, value(x)};
}

}  // namespace ravine::problems
