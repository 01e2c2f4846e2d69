// What theory says of the methods that search along a line, on quadratics with the exact search.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/plugins/line_search_methods/support.hpp"

namespace {

using namespace ravine::test;

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
  // f(Tz) from T^-1 x0 with M = T^-1 M0 T^-T instead of M0: z = T^-1 x at each step. Slopes and
  // values along the searches are the same numbers but for roundings, which Rosenbrock's valley
  // magnifies some 1e4 times.
  const Vector m0{0.02, 0.01, 0.01, 0.03};
  const auto t = [](const Vector& z) { return Vector{2 * z[0] + 3 * z[1], z[0] - z[1]}; };
  const auto inverse = [](const Vector& x) {
    return Vector{(x[0] + 3 * x[1]) / 5, (x[0] - 2 * x[1]) / 5};
  };
  const Objective changed{inverse(rosenbrock().start),
                          [&](std::span<const double> z, std::span<double> g) {
                            Vector gx(2);
                            const double f = rosenbrock().f(t({z[0], z[1]}), gx);
                            if (!g.empty()) {  // T' g
                              g[0] = 2 * gx[0] + gx[1];
                              g[1] = 3 * gx[0] - gx[1];
                            }
                            return f;
                          }};
  const Vector left0 = inverse({m0[0], m0[2]});  // T^-1 M0, column by column
  const Vector left1 = inverse({m0[1], m0[3]});
  const Vector row0 = inverse({left0[0], left1[0]});  // of T^-1 M0 T^-T
  const Vector row1 = inverse({left0[1], left1[1]});
  const auto begin = [](Host& host, const Vector& matrix) {
    host.steps(1);
    State state(host);
    state.set_first(matrix);
    state.restore_into(host);
    host.x = host.oracle.objective.start;
  };
  Host host("bfgs", rosenbrock());
  Host other("bfgs", changed);
  begin(host, m0);
  begin(other, {row0[0], row0[1], row1[0], row1[1]});
  for (int k = 0; k < 30; ++k) {
    host.steps(1);
    other.steps(1);
    EXPECT_LT(norm(minus(t(other.x), host.x)), 1e-10) << k;
  }
  EXPECT_LT(host.f(), 1e-6);
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

struct Method {
  const char* plugin;
  Settings settings;
};
const Method kMethods[] = {{"nonlinear_cg", {{"formula", 0}}},
                           {"nonlinear_cg", {{"formula", 1}}},
                           {"nonlinear_cg", {{"formula", 2}}},
                           {"nonlinear_cg", {{"formula", 3}}},
                           {"nonlinear_cg", {{"formula", 4}}},
                           {"bfgs", {}},
                           {"bfgs", {{"safeguard", 1}}},
                           {"bfgs", {{"update", 1}}},
                           {"lbfgs", {}},
                           {"steepest_descent", {}}};

// Armijo's condition alone promises conjugate gradients nothing: they get there, if late.
bool slow(const std::string& plugin, double search) {
  return plugin == "nonlinear_cg" && search == kArmijo;
}

TEST(EverySearch, LeadsEachMethodToTheMinimumOfAQuadratic) {
  // -1/2 1'A^-1 1 as NumPy solves it; f - f* is known to a rounding of f, x to its square root.
  constexpr double kMinimum = -0.7305020650362014;
  for (auto [plugin, settings] : kMethods)
    for (const double search : {kZoom, kMoreThuente, kHagerZhang, kArmijo, kExact}) {
      if (slow(plugin, search)) continue;
      settings["line_search"] = search;
      Host host(plugin, dense_quadratic(), settings);
      for (int k = 0; k < 200 && host.step() == RAVINE_OK;) ++k;
      EXPECT_NEAR(host.f(), kMinimum, 1e-14) << plugin << " " << search;
      EXPECT_LT(norm(gradient(host.oracle.objective, host.x)), 1e-6) << plugin << " " << search;
    }
}

TEST(EverySearch, LeadsEachMethodToTheMinimumOfRosenbrock) {
  // f* = 0, where values tell points apart to the end. Steepest descent takes thousands of steps.
  for (auto [plugin, settings] : kMethods)
    for (const double search : {kZoom, kMoreThuente, kHagerZhang, kArmijo, kExact}) {
      if (slow(plugin, search) || plugin == std::string("steepest_descent")) continue;
      settings["line_search"] = search;
      Host host(plugin, rosenbrock(), settings);
      for (int k = 0; k < 1000 && host.step() == RAVINE_OK;) ++k;
      EXPECT_LT(norm(minus(host.x, {1, 1})), 1e-9) << plugin << " " << search;
    }
}

TEST(EveryMethod, HasTheSettingsOfScipyWhereNothingIsSaid) {
  // scipy.optimize: "CG" is Polak and Ribiere's, never negative, with c2 = 0.4, "BFGS" has c2 = 0.9
  // and "L-BFGS-B" m = 10; Nocedal and Wright (2006, section 3.1) advise these c2.
  const auto value_of = [](const char* plugin, const std::string& name) {
    const Host host(plugin, rosenbrock());
    for (std::uint64_t i = 0; i < host.optimizer->parameter_count; ++i)
      if (host.optimizer->parameters[i]->name == name)
        return host.optimizer->parameters[i]->default_value;
    return std::nan("");
  };
  EXPECT_EQ(value_of("nonlinear_cg", "formula"), 2);
  EXPECT_EQ(value_of("nonlinear_cg", "c2"), 0.4);
  EXPECT_EQ(value_of("nonlinear_cg", "powell"), 0);
  EXPECT_EQ(value_of("bfgs", "c2"), 0.9);
  EXPECT_EQ(value_of("bfgs", "update"), 0);
  EXPECT_EQ(value_of("lbfgs", "c2"), 0.9);
  EXPECT_EQ(value_of("lbfgs", "history"), 10);
  for (const char* plugin : {"steepest_descent", "nonlinear_cg", "bfgs", "lbfgs"})
    EXPECT_EQ(value_of(plugin, "line_search"), kZoom) << plugin;
}

TEST(EveryMethod, GoesBackToTheGradientWhereNoStepAlongItsDirectionLowersF) {
  // f turns, behind the optimizer's back, into one that is finite only along -g from x, where it
  // falls.
  for (auto [plugin, settings] : {Method{"nonlinear_cg", {{"formula", 0}, {"restart_every", 9}}},
                                  Method{"bfgs", {}}, Method{"lbfgs", {}}})
    for (const double search : {kZoom, kMoreThuente, kHagerZhang, kArmijo}) {
      settings["line_search"] = search;
      Host host(plugin, rosenbrock(), settings);
      host.steps(3);
      const Vector x = host.x;
      const double f = host.f();
      const Vector g = gradient(host.oracle.objective, x);
      host.oracle.objective.f = [x, f, g](std::span<const double> at, std::span<double> out) {
        const Vector s = minus({at[0], at[1]}, x);
        const double down = -dot(s, g) / norm(g);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = g[i] / norm(g) * (down - 1);
        return down > 0.999999 * norm(s) ? f - down + down * down / 2 : std::nan("");
      };
      host.steps(1);
      const Vector s = minus(host.x, x);
      EXPECT_NEAR(-dot(s, g) / norm(s) / norm(g), 1, 1e-12) << plugin << " " << search;
      EXPECT_LT(host.f(), f) << plugin << " " << search;
    }
}

}  // namespace
