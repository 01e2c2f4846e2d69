// Nelder-Mead: what it costs, what decides, where it stagnates and when it stops.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Objective;

// Of f alone, without a gradient.
Objective of(const std::vector<double>& start,
             const std::function<double(std::span<const double>)>& f) {
  return {start, [f](std::span<const double> x, std::span<double>) { return f(x); }};
}

double lowest(const Host& host) {
  double f = std::numeric_limits<double>::infinity();
  for (const auto& x : host.oracle.points) f = std::min(f, host.oracle.objective.f(x, {}));
  return f;
}

TEST(NelderMead, NeedsValuesAlone) {
  Host host("nelder_mead", ravine::test::rosenbrock());
  EXPECT_EQ(host.optimizer->needs, RAVINE_VALUE);
  EXPECT_EQ(host.optimizer->uses, RAVINE_VALUE);
  EXPECT_EQ(host.optimizer->traits, 0U);
}

TEST(NelderMead, CostsAsManyEvaluationsOnRosenbrockAsScipyAndFminsearch) {
  // Both come to 1e-4 in x and f after 85 iterations, of which they count the first simplex as one,
  // and 159 evaluations.
  Host host("nelder_mead", ravine::test::rosenbrock());
  host.steps(84);
  EXPECT_EQ(host.oracle.points.size(), 159U);
  for (const double v : host.x) EXPECT_NEAR(v, 1, 1e-4);
}

TEST(NelderMead, StandsAtTheBestPointThatItHasEverSeen) {
  Host host("nelder_mead", ravine::test::small_net());
  for (int k = 0; k < 150; ++k) {
    host.steps(1);
    ASSERT_EQ(host.f(), lowest(host)) << "after step " << k;
  }
}

TEST(NelderMead, AsksForTheSimplexInItsFirstStepAndFewPointsLater) {
  Host host("nelder_mead", ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues()));
  std::size_t before = 11;  // the first simplex
  for (int k = 0; k < 100; ++k) {
    host.steps(1);
    const std::size_t asked = host.oracle.points.size() - before;
    EXPECT_TRUE(asked == 1 || asked == 2 || asked == 2 + 10) << asked;
    before = host.oracle.points.size();
  }
}

TEST(NelderMead, ComparesOnly) {
  // Any increasing function of f gives the same iterates. x^3 of doubles near each other can
  // only lose distinctions by rounding, which would end this test, not weaken it.
  const Objective plain = ravine::test::rosenbrock();
  Host f("nelder_mead", plain);
  Host cubed("nelder_mead", of(plain.start, [&](auto x) { return std::pow(plain.f(x, {}), 3); }));
  for (int k = 0; k < 80; ++k) {
    f.steps(1);
    cubed.steps(1);
    ASSERT_EQ(f.x, cubed.x) << "after step " << k;
  }
}

TEST(NelderMead, PermutingTheVariablesPermutesTheIterates) {
  // Exactly so as long as no two vertices are equal: ties go by the order of the vertices.
  const Objective plain = ravine::test::rosenbrock();
  Host host("nelder_mead", plain);
  Host swapped("nelder_mead", of({1, -1.2}, [&](std::span<const double> x) {
                 return plain.f(std::vector{x[1], x[0]}, {});
               }));
  host.steps(80);
  swapped.steps(80);
  EXPECT_EQ(swapped.x, (std::vector{host.x[1], host.x[0]}));
}

TEST(NelderMead, AdaptiveCoefficientsAreTheUsualOnesInThePlane) {
  Host fixed("nelder_mead", ravine::test::rosenbrock());
  Host adaptive("nelder_mead", ravine::test::rosenbrock(), {{"coefficients", 1}});
  fixed.steps(100);
  adaptive.steps(100);
  EXPECT_EQ(fixed.x, adaptive.x);
}

TEST(NelderMead, AdaptiveCoefficientsHelpInManyVariables) {
  // Gao and Han 2012, section 4: the usual coefficients stall on quadratics from some 30 variables
  // on. Equal budgets of steps, which cost one to two evaluations each with either.
  const Objective sphere = ravine::test::diagonal_quadratic(std::vector<double>(40, 1.0));
  Host fixed("nelder_mead", sphere);
  Host adaptive("nelder_mead", sphere, {{"coefficients", 1}});
  fixed.steps(8000);
  adaptive.steps(8000);
  EXPECT_LT(adaptive.f(), 1e-3 * fixed.f());
}

TEST(NelderMead, AnOutsideContractionNoWorseThanTheReflectionIsTaken) {
  // Vertices 1 (f = 0) and 2 (5): the reflection 0 and the contraction 1/2 are both worth 3, and
  // nothing shrinks (Lagarias et al. 1998, step 4a).
  Host host(
      "nelder_mead",
      of({1}, [](std::span<const double> x) { return x[0] == 1  ? 0.0
                                                     : x[0] < 1 ? 3.0
                                                                : 5.0; }),
      {{"relative_edge", 1}});
  host.steps(1);
  EXPECT_EQ(host.oracle.points, (std::vector<std::vector<double>>{{1}, {2}, {0}, {0.5}}));
}

TEST(NelderMead, StagnatesOnMcKinnonsFunction) {
  // McKinnon 1998, (1.1) with tau = 2, theta = 6, phi = 60: convex, minimum -1/4 at (0, -1/2), and
  // from his simplex (0, 0), (1, 1), lambda every step contracts inside towards (0, 0), where the
  // gradient is (0, 1). Written in coordinates in which his simplex is 0, e_1, e_2, for the method
  // goes along with every affine map. Roundings let it escape after some 220 steps.
  const double root = std::sqrt(33.0);
  const Objective mckinnon = of({0, 0}, [=](std::span<const double> v) {
    const double x = v[0] + (1 + root) / 8 * v[1];
    const double y = v[0] + (1 - root) / 8 * v[1];
    return (x <= 0 ? 360 : 6) * x * x + y + y * y;
  });
  Host host("nelder_mead", mckinnon, {{"absolute_edge", 1}});
  host.steps(1);
  for (int k = 1; k < 200; ++k) {
    const std::size_t before = host.oracle.points.size();
    host.steps(1);
    EXPECT_EQ(host.oracle.points.size(), before + 2);  // a reflection and the contraction
    ASSERT_EQ(host.x, (std::vector<double>{0, 0})) << "after step " << k;
  }
  const auto& last = host.oracle.points.back();
  EXPECT_LT(std::hypot(last[0], last[1]), 1e-13);  // as 0.843^k: onto a point that is none
}

TEST(NelderMead, TakesNanAndPointsOutsideOfTheDomainForInfinity) {
  // 10 x - log x + y^2 near its minimum (0.1, 0); a vertex of the first simplex lies
  // outside of 0 < x < 1.5, and its reflection at x = -1 too.
  const double infinity = std::numeric_limits<double>::infinity();
  const auto barrier = [](double outside) {
    return of({0.5, 0.5}, [outside](std::span<const double> x) {
      return x[0] > 0 && x[0] < 1.5 ? 10 * x[0] - std::log(x[0]) + x[1] * x[1] : outside;
    });
  };
  const ravine::test::Settings wide{{"relative_edge", 3}};
  Host infinite("nelder_mead", barrier(infinity), wide);
  Host nan("nelder_mead", barrier(std::nan("")), wide);
  Host refused("nelder_mead", barrier(0), wide);
  int refusals = 0;
  refused.oracle.verdict = [&](std::span<const double> x) {
    if (x[0] > 0 && x[0] < 1.5) return RAVINE_OK;
    ++refusals;
    return RAVINE_OUT_OF_DOMAIN;
  };
  for (int k = 0; k < 80; ++k) {
    for (Host* host : {&infinite, &nan, &refused}) host->steps(1);
    ASSERT_EQ(infinite.x, nan.x) << "after step " << k;
    ASSERT_EQ(infinite.x, refused.x) << "after step " << k;
  }
  EXPECT_GT(refusals, 0);
  EXPECT_NEAR(nan.x[0], 0.1, 1e-6);  // f is flat to 1e-15 some 1e-8 around
}

TEST(NelderMead, StopsWhenTheSimplexHasCollapsed) {
  // On a constant every step shrinks: edges of 5 % fall below 2 ulp after log2(0.05 / 2^-51) = 47.
  Host constant("nelder_mead", of({1, 1, 1}, [](std::span<const double>) { return 7.0; }));
  int steps = 0;
  while (steps < 100 && constant.step() == RAVINE_OK) ++steps;
  EXPECT_GE(steps, 44);
  EXPECT_LE(steps, 50);
  EXPECT_EQ(constant.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(constant.x, (std::vector<double>{1, 1, 1}));

  Host host("nelder_mead", ravine::test::rosenbrock());
  steps = 0;
  while (steps < 1000 && host.step() == RAVINE_OK) ++steps;
  EXPECT_LT(steps, 1000);
  EXPECT_LE(host.f(), 1e-25);
}

TEST(NelderMead, FollowsAPointThatTheHostHasMoved) {
  Host host("nelder_mead", ravine::test::rosenbrock());
  host.steps(10);
  host.x = {1, 1};
  const std::size_t before = host.oracle.points.size();
  host.steps(1);
  EXPECT_EQ(host.oracle.points[before], (std::vector<double>{1, 1}));
  EXPECT_EQ(host.x, (std::vector<double>{1, 1}));  // the minimum: the best vertex from now on
}

TEST(NelderMead, RefusesMoreVariablesThanASimplexCanHold) {
  const Objective large = of(std::vector<double>(5001, 1.0), [](auto) { return 0.0; });
  EXPECT_THROW(Host("nelder_mead", large), std::runtime_error);
}

}  // namespace
