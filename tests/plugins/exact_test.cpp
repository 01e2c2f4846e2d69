// Cheap exact facts, for every plugin: no gradient, no variables, one variable, a scaled and a
// rotated objective.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "tests/plugins/every.hpp"

namespace {

using namespace ravine::test;

class Exact : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Plugins, Exact, testing::ValuesIn(every_plugin()),
                         [](const auto& tested) { return tested.param; });

/// How an optimizer's path answers to a change of the objective; nothing where it depends on more
/// than the formula (the first step of a line search, noise that does not turn).
struct Symmetry {
  std::optional<bool> scale;     ///< f -> f / 8 changes nothing, up to its epsilon
  std::optional<bool> rotation;  ///< on f(Qx) it takes the same path, turned
};

// From the formulas; a plugin that is missing here fails until somebody has thought about it.
// Steps proportional to the gradient scale with f; steps by curvature or by ratios of gradients do
// not. What looks at coordinates one by one is not rotation equivariant.
const std::map<std::string, Symmetry> kSymmetries = {
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
    {"newton", {true, true}},
    {"linear_cg", {true, true}},
    {"conjugate_directions", {true, {}}},
    {"trust_region", {{}, true}},
    {"steepest_descent", {{}, true}},
    {"nonlinear_cg", {{}, true}},
    {"bfgs", {{}, true}},
    {"coordinate_descent", {true, false}},
    {"block_coordinate_descent", {{}, {}}},  // one block: to its minimum either way
    {"alternating_minimization", {{}, {}}},
    {"schedule_free_sgd", {false, true}},
    {"svrg", {false, true}},
    {"nelder_mead", {true, false}},
    {"cma_es", {true, {}}},
    {"muon", {true, false}},  // without a matrix AdamW
    {"shampoo", {true, true}},
};

// Statuses that a step may answer by itself; a run also the stop that it was told.
bool legal(std::int32_t status) {
  return status == RAVINE_OK || status == RAVINE_STOP || status == RAVINE_CONVERGED ||
         status == RAVINE_NO_PROGRESS || status == RAVINE_FAILED || status == RAVINE_OUT_OF_DOMAIN;
}

TEST_P(Exact, WithoutAGradientNothingMoves) {
  // Decoupled decay, noise and sampling move without one: their own tests say how.
  static const std::set<std::string> kMove = {"adamw",  "nadamw",       "sgdw",       "muon",
                                              "cma_es", "perturbed_gd", "nelder_mead"};
  if (kMove.contains(GetParam())) return;
  Objective flat = task_for(GetParam());
  const std::size_t n = flat.start.size();
  flat.f = [](std::span<const double>, std::span<double> g) {
    std::fill(g.begin(), g.end(), 0.0);
    return 3.0;
  };
  flat.hessian = [n](std::span<const double>, std::span<double> h) {
    std::fill(h.begin(), h.begin() + static_cast<std::ptrdiff_t>(n * n), 0.0);
  };
  if (flat.squares.count > 0) {
    flat.squares.residuals = [](std::span<const double>, std::span<double> r) {
      std::fill(r.begin(), r.end(), 0.0);
    };
    flat.squares.jacobian = [](std::span<const double>, std::span<double> j) {
      std::fill(j.begin(), j.end(), 0.0);
    };
  }
  flat.samples.f = [](std::size_t, std::span<const double>, std::span<double> g) {
    std::fill(g.begin(), g.end(), 0.0);
    return 3.0;
  };
  try {
    Host host(GetParam(), flat);
    for (const Left& left : walk(host, 5)) {
      EXPECT_TRUE(legal(left.status)) << left.status;
      EXPECT_EQ(left.x, flat.start);
    }
  } catch (const std::runtime_error& refused) {
    EXPECT_NE(std::string(refused.what()), "init: ") << "a refusal says why";
  }
}

TEST_P(Exact, NoVariablesAreNoTrouble) {
  const Objective nothing{{},
                          [](std::span<const double>, std::span<double>) { return 1.0; },
                          [](std::span<const double>, std::span<double>) {}};
  try {
    Host host(GetParam(), nothing);
    for (const Left& left : walk(host, 3)) EXPECT_TRUE(legal(left.status)) << left.status;
  } catch (const std::runtime_error& refused) {
    EXPECT_GT(std::string(refused.what()).size(), std::string("create: ").size());
  }
}

TEST_P(Exact, OneVariableWorks) {
  try {
    Host host(GetParam(), one_dimensional());
    const double before = host.f();
    for (const Left& left : walk(host, 50)) {
      EXPECT_TRUE(legal(left.status)) << left.status;
      ASSERT_TRUE(std::isfinite(left.x[0]));
    }
    // Steps that sample or search may have left it where it was; none may have lost it.
    EXPECT_LE(host.f(), before);
  } catch (const std::runtime_error& refused) {
    EXPECT_GT(std::string(refused.what()).size(), std::string("create: ").size());
  }
}

/// Largest distance between two paths, relative to how far they went; infinite where one ended.
double distance(const std::vector<Left>& a, const std::vector<Left>& b,
                const std::vector<double>& start) {
  double apart = 0, far = 0;
  for (std::size_t k = 0; k < a.size(); ++k)
    for (std::size_t i = 0; i < start.size(); ++i) {
      apart = std::max(apart, std::fabs(a[k].x[i] - b[k].x[i]));
      far = std::max(far, std::fabs(a[k].x[i] - start[i]));
    }
  return apart / far;
}

// Paths of a few steps on the mild quadratic.
constexpr int kSteps = 6;
// Symmetric paths differ by roundings (2^-53, times a condition number of 10, times some steps) and
// by epsilons (1e-8 against gradients of 0.1 and more); others by the step itself.
constexpr double kSame = 1e-5;
constexpr double kDifferent = 1e-2;

/// f(Qx) for the reflection Q = I - 2 v v' / v'v, which is its own inverse.
std::vector<double> reflect(std::span<const double> x) {
  const double v[] = {1, 2, -1, 3, 0.5};
  double vx = 0, vv = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    vx += v[i] * x[i];
    vv += v[i] * v[i];
  }
  std::vector<double> y(x.begin(), x.end());
  for (std::size_t i = 0; i < 5; ++i) y[i] -= 2 * vx / vv * v[i];
  return y;
}

Objective reflected(const Objective& q) {
  Objective r = q;
  r.start = reflect(q.start);
  r.f = [f = q.f](std::span<const double> x, std::span<double> g) {
    const double value = f(reflect(x), g);
    if (!g.empty()) {
      const auto turned = reflect(g);
      std::copy(turned.begin(), turned.end(), g.begin());
    }
    return value;
  };
  r.hessian = [h = q.hessian](std::span<const double> x, std::span<double> out) {
    h(reflect(x), out);
    for (int side = 0; side < 2; ++side) {  // Q H, transposed, twice
      std::vector<double> turned(25);
      for (std::size_t i = 0; i < 5; ++i) {
        std::vector<double> column(5);
        for (std::size_t j = 0; j < 5; ++j) column[j] = out[5 * j + i];
        const auto y = reflect(column);
        for (std::size_t j = 0; j < 5; ++j) turned[5 * i + j] = y[j];
      }
      std::copy(turned.begin(), turned.end(), out.begin());
    }
  };
  return r;
}

TEST_P(Exact, ScalingTheObjectiveDoesWhatItsFormulaSays) {
  if (load(GetParam())->step == nullptr) return;  // goes all the way by itself
  const Objective q = mild_quadratic();
  if (!accepts(GetParam(), q)) return;
  ASSERT_TRUE(kSymmetries.contains(GetParam())) << "say in kSymmetries what to expect";
  Objective scaled = q;
  // A power of two: exact. Downwards, so that steps proportional to g stay stable.
  constexpr double kFactor = 1.0 / 8;
  scaled.f = [f = q.f](std::span<const double> x, std::span<double> g) {
    const double value = f(x, g);
    for (double& v : g) v *= kFactor;
    return kFactor * value;
  };
  scaled.hessian = [h = q.hessian](std::span<const double> x, std::span<double> out) {
    h(x, out);
    for (double& v : out) v *= kFactor;
  };
  Host plain(GetParam(), q), other(GetParam(), scaled);
  const double apart = distance(walk(plain, kSteps), walk(other, kSteps), q.start);
  const auto expected = kSymmetries.at(GetParam()).scale;
  if (!expected) return;
  if (*expected)
    EXPECT_LT(apart, kSame);
  else
    EXPECT_GT(apart, kDifferent);
}

TEST_P(Exact, TurningTheObjectiveDoesWhatItsFormulaSays) {
  if (load(GetParam())->step == nullptr) return;  // goes all the way by itself
  const Objective q = mild_quadratic();
  if (!accepts(GetParam(), q)) return;
  ASSERT_TRUE(kSymmetries.contains(GetParam())) << "say in kSymmetries what to expect";
  Host plain(GetParam(), q), other(GetParam(), reflected(q));
  auto turned = walk(other, kSteps);
  for (Left& left : turned) left.x = reflect(left.x);
  const double apart = distance(walk(plain, kSteps), turned, q.start);
  const auto expected = kSymmetries.at(GetParam()).rotation;
  if (!expected) return;
  if (*expected)
    EXPECT_LT(apart, kSame);
  else
    EXPECT_GT(apart, kDifferent);
}

}  // namespace
