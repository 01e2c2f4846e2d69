// What changes of the objective do to an optimizer's path, and the changes.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/plugins/every.hpp"

namespace ravine::test {

/// How an optimizer's path answers to a change of the objective; nothing where it depends on more
/// than the formula (the first step of a line search, noise that does not turn).
struct Symmetry {
  std::optional<bool> scale{};     ///< f -> f / 16 changes nothing, up to its epsilon
  std::optional<bool> rotation{};  ///< on f(Qx) it takes the same path, turned
};

// From the formulas; a plugin that is missing here fails until somebody has thought about it.
// Steps proportional to the gradient scale with f; steps by curvature or by ratios of gradients do
// not. What looks at coordinates one by one is not rotation equivariant.
inline const std::map<std::string, Symmetry> kSymmetries = {
    {"minimal", {false, true}},
    {"gradient_descent", {false, true}},
    {"heavy_ball", {false, true}},
    {"nesterov", {false, true}},
    {"normalized", {true, false}},
    {"sign_sgd", {true, false}},
    {"rprop", {true, false}},
    {"sgdw", {false, true}},
    {"preconditioned_gd", {true, true}},
    {"perturbed_gd", {false, {}}},
    {"barzilai_borwein", {true, {}}},
    {"adam", {true, false}},
    {"adamw", {true, false}},
    {"amsgrad", {true, false}},
    {"adamax", {true, false}},
    {"nadam", {true, false}},
    {"nadamw", {true, false}},
    {"radam", {false, {}}},
    {"adagrad", {true, false}},
    {"adagrad_norm", {true, true}},
    {"adagrad_full", {true, true}},
    {"rmsprop", {true, false}},
    {"adadelta", {{}, false}},
    {"lbfgs", {{}, true}},
    {"nlopt_lbfgs", {{}, {}}},  // goes all the way by itself
    {"newton", {true, true}},
    {"linear_cg", {true, true}},
    {"conjugate_directions", {true, true}},
    {"trust_region", {{}, true}},
    {"levenberg_marquardt", {true, {}}},  // one step of Gauss and Newton, whatever scales columns
    {"steepest_descent", {{}, true}},
    {"nonlinear_cg", {{}, true}},
    {"bfgs", {{}, true}},
    {"secant", {true, true}},  // one variable: turned is mirrored
    {"coordinate_descent", {true, false}},
    {"block_coordinate_descent", {{}, {}}},  // one block: to its minimum either way
    {"alternating_minimization", {{}, {}}},
    {"schedule_free_sgd", {false, true}},
    {"svrg", {false, true}},
    {"saga", {false, true}},
    {"nelder_mead", {true, false}},
    {"cma_es", {true, {}}},
    {"muon", {true, false}},  // without a matrix AdamW
    {"shampoo", {true, true}},
};

/// Both sides of the rows above: symmetric paths differ by roundings (2^-53, times a condition
/// number of 10, times some steps) and by epsilons (1e-8 against gradients of 0.03 and more);
/// others by the step itself.
constexpr double kSame = 1e-5;
constexpr double kDifferent = 1e-2;

/// Largest distance between two paths, relative to how far the first went.
inline double distance(const std::vector<Left>& a, const std::vector<Left>& b,
                       const std::vector<double>& start) {
  double apart = 0, far = 0;
  for (std::size_t k = 0; k < a.size(); ++k)
    for (std::size_t i = 0; i < start.size(); ++i) {
      apart = std::max(apart, std::fabs(a[k].x[i] - b[k].x[i]));
      far = std::max(far, std::fabs(a[k].x[i] - start[i]));
    }
  return apart == 0 ? 0 : apart / far;
}

/// f / 16 as every extension has it: a power of two, and its root too, so that nothing rounds.
/// Downwards, so that steps proportional to g stay stable.
inline Objective scaled(const Objective& whole) {
  constexpr double kFactor = 1.0 / 16, kRoot = 1.0 / 4;
  Objective s = whole;
  const auto shrink = [](std::span<double> v, double by) {
    for (double& each : v) each *= by;
  };
  s.f = [f = whole.f, shrink](std::span<const double> x, std::span<double> g) {
    const double value = f(x, g);
    shrink(g, kFactor);
    return kFactor * value;
  };
  if (whole.hessian)
    s.hessian = [h = whole.hessian, shrink](std::span<const double> x, std::span<double> out) {
      h(x, out);
      shrink(out, kFactor);
    };
  if (whole.squares.count > 0) {
    s.squares.residuals = [r = whole.squares.residuals, shrink](std::span<const double> x,
                                                                std::span<double> out) {
      r(x, out);
      shrink(out, kRoot);
    };
    s.squares.jacobian = [j = whole.squares.jacobian, shrink](std::span<const double> x,
                                                              std::span<double> out) {
      j(x, out);
      shrink(out, kRoot);
    };
  }
  if (whole.samples.count > 0)
    s.samples.f = [f = whole.samples.f, shrink](std::size_t i, std::span<const double> x,
                                                std::span<double> g) {
      const double value = f(i, x, g);
      shrink(g, kFactor);
      return kFactor * value;
    };
  return s;
}

/// Qx for the reflection Q = I - 2 v v' / v'v, which is its own inverse; up to five variables.
inline std::vector<double> reflect(std::span<const double> x) {
  const double v[] = {1, 2, -1, 3, 0.5};
  double vx = 0, vv = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    vx += v[i] * x[i];
    vv += v[i] * v[i];
  }
  std::vector<double> y(x.begin(), x.end());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] -= 2 * vx / vv * v[i];
  return y;
}

/// f(Qx), with its gradient Q g, Hessian Q H Q and Jacobian J Q.
inline Objective reflected(const Objective& whole) {
  Objective r = whole;
  r.start = reflect(whole.start);
  const std::size_t n = whole.start.size();
  const auto turn = [](std::span<double> v) {
    const auto turned = reflect(v);
    std::copy(turned.begin(), turned.end(), v.begin());
  };
  r.f = [f = whole.f, turn](std::span<const double> x, std::span<double> g) {
    const double value = f(reflect(x), g);
    turn(g);
    return value;
  };
  if (whole.hessian)
    r.hessian = [h = whole.hessian, turn, n](std::span<const double> x, std::span<double> out) {
      h(reflect(x), out);
      for (int side = 0; side < 2; ++side) {  // each row, and transposed, twice
        for (std::size_t i = 0; i < n; ++i) turn(out.subspan(n * i, n));
        for (std::size_t i = 0; i < n; ++i)
          for (std::size_t j = 0; j < i; ++j) std::swap(out[n * i + j], out[n * j + i]);
      }
    };
  if (whole.squares.count > 0) {
    r.squares.residuals = [res = whole.squares.residuals](std::span<const double> x,
                                                          std::span<double> out) {
      res(reflect(x), out);
    };
    r.squares.jacobian = [j = whole.squares.jacobian, turn, n, m = whole.squares.count](
                             std::span<const double> x, std::span<double> out) {
      j(reflect(x), out);
      for (std::size_t k = 0; k < m; ++k) turn(out.subspan(n * k, n));
    };
  }
  if (whole.samples.count > 0)
    r.samples.f = [f = whole.samples.f, turn](std::size_t i, std::span<const double> x,
                                              std::span<double> g) {
      const double value = f(i, reflect(x), g);
      turn(g);
      return value;
    };
  return r;
}

}  // namespace ravine::test
