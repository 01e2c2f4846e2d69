// Coordinate descent: Gauss-Seidel on quadratics, its bad case, and what it chooses and asks.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Objective;

/// (w1 - w2)^2 + alpha (w1^2 + w2^2) from (1, 1).
Objective narrow(double alpha) {
  const auto f = [alpha](std::span<const double> w, std::span<double> g) {
    const double d = w[0] - w[1];
    if (!g.empty()) {
      g[0] = 2 * d + 2 * alpha * w[0];
      g[1] = -2 * d + 2 * alpha * w[1];
    }
    return d * d + alpha * (w[0] * w[0] + w[1] * w[1]);
  };
  const auto hessian = [alpha](std::span<const double>, std::span<double> h) {
    h[0] = h[3] = 2 + 2 * alpha;
    h[1] = h[2] = -2;
  };
  return {{1, 1}, f, hessian};
}

TEST(CoordinateDescent, SweepsOnAQuadraticAreGaussSeidel) {
  // (D + L) x' = b - U x by forward substitution, as the check of reference/coordinates.py does
  // with SciPy. Both are some n roundings of |x| <= 3 from exact, and contract: no growth.
  Host host("coordinate_descent", ravine::test::coupled_quadratic());
  const std::size_t n = 6;
  std::vector<double> a(n * n), expected = host.x;
  host.oracle.objective.hessian(expected, a);
  for (int sweep = 0; sweep < 30; ++sweep) {
    for (std::size_t i = 0; i < n; ++i) {
      double rest = i % 2 == 0 ? 2 : -2;
      for (std::size_t j = 0; j < n; ++j)
        if (j != i) rest -= a[i * n + j] * expected[j];
      expected[i] = rest / a[i * n + i];
    }
    host.steps(1);
    for (std::size_t i = 0; i < n; ++i) EXPECT_NEAR(host.x[i], expected[i], 1e-14);
  }
}

TEST(CoordinateDescent, SlowsDownOnTheNarrowQuadraticAsTheLectureSays) {
  // From w2 a sweep sets w1 = w2 / (1 + alpha) and w2 = w1 / (1 + alpha): the printed digits. A
  // sweep's rounding, some ulp of w, is what the tolerance allows.
  for (const auto& [alpha, digits] : {std::pair{1.0, 0.25}, {0.1, 0.826446}, {1e-3, 0.998003}}) {
    const double factor = 1 / ((1 + alpha) * (1 + alpha));
    EXPECT_NEAR(factor, digits, 5e-7);
    Host host("coordinate_descent", narrow(alpha));
    for (int sweep = 0; sweep < 20; ++sweep) {
      const double before = host.x[1];
      host.steps(1);
      EXPECT_NEAR(host.x[1] / before, factor, 2e-15) << "alpha " << alpha;
    }
  }
}

TEST(CoordinateDescent, EachExactStepOnAConvexQuadraticLowersF) {
  for (const double selection : {0.0, 1.0, 2.0}) {
    Host host("coordinate_descent", ravine::test::coupled_quadratic(),
              {{"selection", selection}, {"per_step", 1}});
    const double start = host.f();
    for (int k = 0; k < 60; ++k) {
      const double before = host.f();
      host.steps(1);
      EXPECT_LE(host.f(), before + 1e-14 * std::fabs(before)) << "rounding of f alone";
    }
    EXPECT_LT(host.f(), start - 10);
  }
}

TEST(CoordinateDescent, GreedyMovesTheCoordinateOfTheLargestPartial) {
  Host host("coordinate_descent", ravine::test::coupled_quadratic(),
            {{"selection", 2}, {"per_step", 1}});
  for (int k = 0; k < 20; ++k) {
    const std::vector<double> before = host.x;
    std::vector<double> g(before.size());
    host.oracle.objective.f(before, g);
    std::size_t largest = 0;
    for (std::size_t i = 1; i < g.size(); ++i)
      if (std::fabs(g[i]) > std::fabs(g[largest])) largest = i;
    host.steps(1);
    for (std::size_t i = 0; i < g.size(); ++i)
      EXPECT_EQ(host.x[i] != before[i], i == largest) << "step " << k << ", coordinate " << i;
  }
}

TEST(CoordinateDescent, RandomDrawsEachCoordinateAboutEquallyOften) {
  // 3000 draws of 3: 1000 expected of each, standard deviation sqrt(3000 2/9) = 26; five of them.
  // The rate is so small that nothing but the draw decides where it moves.
  Host host("coordinate_descent", ravine::test::diagonal_quadratic({1, 1, 1}),
            {{"selection", 1}, {"rule", 1}, {"per_step", 1}, {"learning_rate", 1e-6}});
  std::vector<int> moved(3);
  for (int k = 0; k < 3000; ++k) {
    const std::vector<double> before = host.x;
    host.steps(1);
    for (std::size_t i = 0; i < 3; ++i) moved[i] += host.x[i] != before[i] ? 1 : 0;
  }
  EXPECT_EQ(moved[0] + moved[1] + moved[2], 3000);
  for (const int count : moved) EXPECT_NEAR(count, 1000, 130);
}

TEST(CoordinateDescent, TakesAGradientStepWhereTheCurvatureIsNotPositive) {
  // f = x_0 x_1 has f_ii = 0: x_0 = 1 - 0.1 (2), then x_1 = 2 - 0.1 (0.8).
  const Objective saddle{{1, 2},
                         [](std::span<const double> x, std::span<double> g) {
                           if (!g.empty()) {
                             g[0] = x[1];
                             g[1] = x[0];
                           }
                           return x[0] * x[1];
                         },
                         [](std::span<const double>, std::span<double> h) {
                           h[0] = h[3] = 0;
                           h[1] = h[2] = 1;
                         }};
  Host host("coordinate_descent", saddle, {{"learning_rate", 0.1}});
  host.steps(1);
  EXPECT_EQ(host.x, (std::vector<double>{1 - 0.1 * 2, 2 - 0.1 * (1 - 0.1 * 2)}));
}

TEST(CoordinateDescent, TheMultiplierScalesBothRules) {
  for (const double rule : {0.0, 1.0}) {
    Host whole("coordinate_descent", ravine::test::diagonal_quadratic({1, 4}), {{"rule", rule}});
    Host half("coordinate_descent", ravine::test::diagonal_quadratic({1, 4}), {{"rule", rule}});
    whole.steps(1);
    ASSERT_EQ(half.step(0.5), RAVINE_OK);
    for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(1 - half.x[i], (1 - whole.x[i]) / 2, 1e-16);
  }
}

TEST(CoordinateDescent, ASweepOpensOneCursorAndClosesIt) {
  Host host("coordinate_descent", ravine::test::coupled_quadratic());
  host.steps(5);
  EXPECT_EQ(host.oracle.cursors, 5U);
  EXPECT_EQ(host.oracle.partials, 5U * 6U);
  EXPECT_FALSE(host.oracle.cursor.open);

  // Also where the host stops it half-way.
  int asked = 0;
  host.oracle.verdict = [&](std::span<const double>) {
    return ++asked > 3 ? RAVINE_STOP : RAVINE_OK;
  };
  EXPECT_EQ(host.step(), RAVINE_STOP);
  EXPECT_FALSE(host.oracle.cursor.open);
}

TEST(CoordinateDescent, ExactStepsAreNotForProblemsWithoutSecondDerivatives) {
  Host exact("coordinate_descent", ravine::test::flat_coordinate());
  EXPECT_EQ(exact.step(), RAVINE_NOT_SUPPORTED);
  Host fixed("coordinate_descent", ravine::test::flat_coordinate(), {{"rule", 1}});
  EXPECT_EQ(fixed.step(), RAVINE_OK);
}

TEST(CoordinateDescent, ContinuesTheCycleAfterARestore) {
  for (const double selection : {0.0, 1.0}) {
    const ravine::test::Settings settings{{"selection", selection}, {"per_step", 1}};
    Host host("coordinate_descent", ravine::test::coupled_quadratic(), settings);
    host.steps(4);  // in the middle of a sweep
    Host other("coordinate_descent", ravine::test::coupled_quadratic(), settings);
    ASSERT_EQ(other.restore(host.save(), 1), RAVINE_OK);
    other.x = host.x;
    host.steps(7);
    other.steps(7);
    EXPECT_EQ(host.x, other.x);
  }
}

}  // namespace
