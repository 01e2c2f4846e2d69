// What theory says of the methods that search along a line, on quadratics with the exact search.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "tests/plugins/host.hpp"

namespace {

using namespace ravine::test;

constexpr double kExact = 4;  // the index of "exact_quadratic" among the searches

/// The iterates of linear conjugate gradients (Hestenes and Stiefel 1952), written out.
std::vector<std::vector<double>> linear_cg(const std::vector<double>& lambda,
                                           std::vector<double> x) {
  const std::size_t n = lambda.size();
  std::vector<double> r(n), d(n);
  for (std::size_t i = 0; i < n; ++i) d[i] = -(r[i] = lambda[i] * x[i]);
  std::vector<std::vector<double>> path;
  for (std::size_t k = 0; k < n; ++k) {
    double rr = 0, dAd = 0, next = 0;
    for (std::size_t i = 0; i < n; ++i) {
      rr += r[i] * r[i];
      dAd += lambda[i] * d[i] * d[i];
    }
    for (std::size_t i = 0; i < n; ++i) {
      x[i] += rr / dAd * d[i];
      r[i] += rr / dAd * lambda[i] * d[i];
      next += r[i] * r[i];
    }
    for (std::size_t i = 0; i < n; ++i) d[i] = -r[i] + next / rr * d[i];
    path.push_back(x);
  }
  return path;
}

/// With Hessian-vector products the exact search asks one; without, it takes two gradients.
std::vector<Objective> quadratics(const std::vector<double>& lambda) {
  Objective by_gradients = diagonal_quadratic(lambda);
  by_gradients.hessian = nullptr;
  return {diagonal_quadratic(lambda), by_gradients};
}

/// Largest distance from linear CG's iterates over n steps.
double from_linear_cg(const char* plugin, Settings settings, const Objective& q) {
  settings["line_search"] = kExact;
  const auto expected = linear_cg(spread_eigenvalues(), q.start);
  Host host(plugin, q, settings);
  double worst = 0;
  for (const auto& x : expected) {
    host.step();
    for (std::size_t i = 0; i < x.size(); ++i) worst = std::max(worst, std::fabs(host.x[i] - x[i]));
  }
  return worst;
}

// Condition number 100, iterates of 1: conjugacy is lost by some 100 u a step, over 10 steps.
constexpr double kSamePath = 1e-12;

TEST(ExactSearch, MakesAllFormulasOfConjugateGradientsOne) {
  for (const Objective& q : quadratics(spread_eigenvalues()))
    for (int formula = 0; formula < 5; ++formula)
      EXPECT_LT(from_linear_cg("nonlinear_cg", {{"formula", formula}}, q), kSamePath) << formula;
}

TEST(ExactSearch, MakesBfgsConjugateGradients) {
  for (const Objective& q : quadratics(spread_eigenvalues()))
    EXPECT_LT(from_linear_cg("bfgs", {{"scale_first", 0}}, q), kSamePath);
}

TEST(ExactSearch, MakesLbfgsConjugateGradientsWhateverItsHistory) {
  for (const Objective& q : quadratics(spread_eigenvalues()))
    for (const double history : {1, 5})
      EXPECT_LT(from_linear_cg("lbfgs", {{"history", history}}, q), kSamePath) << history;
}

TEST(ExactSearch, LeavesPsbAnotherMethod) {
  EXPECT_GT(from_linear_cg("bfgs", {{"update", 1}, {"scale_first", 0}},
                           diagonal_quadratic(spread_eigenvalues())),
            0.1);
}

TEST(Bfgs, HasTheInverseHessianAfterNSteps) {
  // Then one step from anywhere is Newton's: what is left of a start of size 1 are roundings.
  Host host("bfgs", diagonal_quadratic(spread_eigenvalues()),
            {{"scale_first", 0}, {"line_search", kExact}});
  host.steps(9);
  host.step();
  for (std::size_t i = 0; i < 10; ++i) host.x[i] = std::sin(static_cast<double>(i) + 1);
  host.step();
  for (const double v : host.x) EXPECT_LT(std::fabs(v), 1e-12);
}

TEST(Bfgs, ConvergesSuperlinearlyOnRosenbrock) {
  Host host("bfgs", rosenbrock());
  std::vector<double> errors;
  while (errors.size() < 200 && host.step() == RAVINE_OK)
    errors.push_back(std::hypot(host.x[0] - 1, host.x[1] - 1));
  // The ratio of successive errors goes to 0: its smallest, before rounding ends it, is far below
  // any linear rate's, and the end is 1e-10 of where it began.
  double smallest = 1;
  for (std::size_t k = 1; k < errors.size(); ++k)
    if (errors[k] > 1e-12) smallest = std::min(smallest, errors[k] / errors[k - 1]);
  EXPECT_LT(smallest, 0.02);
  EXPECT_LT(errors.back(), 1e-10);
}

TEST(Bfgs, IsInvariantUnderALinearChangeOfVariablesWhenItsMatrixTakesPart) {
  // f(Tx) from T^-1 x0 with exact searches ends in n steps whatever T is, while steepest descent
  // does not: here T = diag(1 .. 10).
  std::vector<double> stretched = spread_eigenvalues();
  for (std::size_t i = 0; i < stretched.size(); ++i)
    stretched[i] *= static_cast<double>((i + 1) * (i + 1));
  Objective q = diagonal_quadratic(stretched);
  for (std::size_t i = 0; i < q.start.size(); ++i) q.start[i] /= static_cast<double>(i + 1);
  Host host("bfgs", q, {{"scale_first", 0}, {"line_search", kExact}});
  const double before = host.f();
  for (int k = 0; k < 10; ++k) host.step();
  EXPECT_LT(host.f(), 1e-16 * before);
}

TEST(SteepestDescent, AttainsKantorovichsFactorFromItsWorstStart) {
  // x0 prop. to (1/lambda_1, 0, ..., 0, 1/lambda_n): f falls by ((kappa - 1)/(kappa + 1))^2 each
  // step, to some roundings.
  for (Objective q : quadratics({1, 7, 100})) {
    q.start = {1, 0, 0.01};
    Host host("steepest_descent", q, {{"line_search", kExact}});
    for (int k = 0; k < 100; ++k) {
      const double before = host.f();
      host.steps(1);
      EXPECT_NEAR(host.f() / before, std::pow(99.0 / 101, 2), 1e-13);
    }
  }
}

TEST(SteepestDescent, FollowsGradientsThatAreOrthogonalToTheLast) {
  const auto lambda = spread_eigenvalues();
  Host host("steepest_descent", diagonal_quadratic(lambda), {{"line_search", kExact}});
  for (int k = 0; k < 50; ++k) {
    std::vector<double> last = host.x;
    host.steps(1);
    double product = 0, norms = 0, next = 0;
    for (std::size_t i = 0; i < lambda.size(); ++i) {
      product += lambda[i] * last[i] * lambda[i] * host.x[i];
      norms += lambda[i] * last[i] * lambda[i] * last[i];
      next += lambda[i] * host.x[i] * lambda[i] * host.x[i];
    }
    EXPECT_LT(std::fabs(product), 1e-12 * std::sqrt(norms * next));
  }
}

TEST(EverySearch, LeadsEachMethodToTheMinimumOfRosenbrock) {
  // Armijo's condition alone promises conjugate gradients and steepest descent no such thing.
  for (const char* plugin : {"nonlinear_cg", "bfgs", "lbfgs"})
    for (const double search : {0, 1, 2}) {
      Host host(plugin, rosenbrock(), {{"line_search", search}});
      for (int k = 0; k < 200 && host.step() == RAVINE_OK;) ++k;
      EXPECT_NEAR(host.x[0], 1, 1e-7) << plugin << " " << search;
      EXPECT_NEAR(host.x[1], 1, 1e-7) << plugin << " " << search;
    }
}

/// f = x^4 - 3x, minimum where 4 x^3 = 3.
Objective quartic() {
  return {{2}, [](std::span<const double> x, std::span<double> g) {
            const double cube = x[0] * x[0] * x[0];
            if (!g.empty()) g[0] = 4 * cube - 3;
            return cube * x[0] - 3 * x[0];
          }};
}

TEST(Secant, FindsTheRootOfTheSlope) {
  Host host("secant", quartic(), {{"first_step", 0.2}});
  for (int k = 0; k < 50 && host.step() == RAVINE_OK;) ++k;
  EXPECT_NEAR(host.x[0], 0.9085602964160698, 2e-16);  // (3/4)^(1/3)
}

TEST(Secant, InTheLecturesFormDiverges) {
  Host host("secant", quartic(), {{"first_step", 0.2}, {"form", 1}});
  double furthest = 0;
  for (int k = 0; k < 4 && std::isfinite(host.x[0]); ++k) {
    host.step();
    furthest = std::max(furthest, std::fabs(host.x[0]));
  }
  EXPECT_GT(furthest, 1e80);
}

TEST(Secant, RefusesMoreThanOneVariableAndNamesThem) {
  try {
    const Host host("secant", rosenbrock());
    FAIL() << "took two variables";
  } catch (const std::runtime_error& refused) {
    EXPECT_NE(std::string(refused.what()).find("n is 2"), std::string::npos) << refused.what();
  }
}

}  // namespace
