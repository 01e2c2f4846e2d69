// Methods that look at each gradient's sign more than at its size.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;

TEST(SignSgd, CyclesWithHalfItsRate) {
  // From alpha / 2 exactly between the two; from anywhere between x and x - alpha, never closer.
  Host symmetric("sign_sgd", ravine::test::diagonal_quadratic({1}), {{"learning_rate", 2}});
  for (int k = 1; k <= 100; ++k) {
    symmetric.steps(1);
    ASSERT_EQ(symmetric.x[0], k % 2 == 0 ? 1 : -1);
  }
  Host host("sign_sgd", ravine::test::parabola(1), {{"learning_rate", 0.375}});
  host.steps(100);
  const auto x = ravine::test::path(host, 3);
  EXPECT_EQ(x[2], x[0]);
  EXPECT_EQ(std::fabs(x[0] - x[1]), 0.375);
  EXPECT_GE(std::max(std::fabs(x[0]), std::fabs(x[1])), 0.375 / 2);
}

TEST(Normalized, CyclesWithNearlyHalfItsRate) {
  // x -> -x where 2 x = alpha x / sqrt(x^2 + epsilon): x^2 = alpha^2 / 4 - epsilon. The cycle's
  // multiplier a step is 1 - 8 epsilon / alpha^2 = 0.9992: 5e4 steps leave e^-40.
  Host host("normalized", ravine::test::parabola(1), {{"learning_rate", 0.01}, {"epsilon", 1e-8}});
  host.steps(50000);
  const auto x = ravine::test::path(host, 2);
  EXPECT_NEAR(std::fabs(x[0]), std::sqrt(0.25e-4 - 1e-8), 1e-12);
  EXPECT_NEAR(x[1], -x[0], 1e-12);
}

TEST(Normalized, IsSignDescentWhereGradientsAreLarge) {
  // 1 - 1 / sqrt(1 + epsilon / g^2) < epsilon / (2 g^2), and |g| > 1 on this way: 1e-12 a step.
  Host smooth("normalized", ravine::test::slope(1), {{"learning_rate", 0.1}, {"epsilon", 1e-12}});
  Host sharp("sign_sgd", ravine::test::slope(1), {{"learning_rate", 0.1}});
  smooth.steps(100);
  sharp.steps(100);
  EXPECT_NEAR(smooth.x[0], sharp.x[0], 100 * 0.1 * 1e-12);
  EXPECT_NEAR(sharp.x[0], -10, 1e-12);
}

TEST(Normalized, TakesGradientsBelowTheRootOfEpsilonAsSmall) {
  // |g| = 1e-5 against sqrt(1e-8) = 1e-4: g / sqrt(g^2 + epsilon) = 0.0995.
  Host host("normalized", ravine::test::slope(1e-5), {{"learning_rate", 1}, {"epsilon", 1e-8}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], -0.0995, 5e-5);
}

TEST(SignMethods, LeaveACoordinateWithoutGradientAlone) {
  for (const char* plugin : {"sign_sgd", "normalized", "rprop"}) {
    Host host(plugin, ravine::test::flat_coordinate());
    host.steps(20);
    EXPECT_EQ(host.x[1], 5) << plugin;
    EXPECT_NE(host.x[0], 0) << plugin;
  }
}

TEST(SignMethods, ShowANotANumberInsteadOfStandingStill) {
  for (const char* plugin : {"sign_sgd", "normalized", "rprop"}) {
    Host host(plugin, ravine::test::slope(std::nan("")));
    host.steps(1);
    EXPECT_TRUE(std::isnan(host.x[0])) << plugin;
  }
}

TEST(Signum, StepsByTheSignOfItsAverage) {
  // m after gradients +1 and then -1, -1, ... with beta = 0.9: 0.1, then 0.9 m - 0.1 = -0.01, ...
  int k = 0;
  const ravine::test::Objective turning{{0}, [&k](std::span<const double>, std::span<double> g) {
                                          if (!g.empty()) g[0] = k == 0 ? 3 : -1;
                                          return 0.0;
                                        }};
  Host host("sign_sgd", turning, {{"learning_rate", 0.25}, {"beta", 0.9}});
  // m = 0.3, 0.17, 0.053, -0.0523
  for (const double expected : {-0.25, -0.5, -0.75, -0.5}) {
    host.steps(1);
    ++k;
    EXPECT_EQ(host.x[0], expected) << "step " << k;
  }
}

TEST(Rprop, GrowsAndShrinksItsStepsWithinTheirRange) {
  // Always the same sign: 0.01, 0.01 * 1.2, ... up to 50.
  Host up("rprop", ravine::test::slope(1));
  const auto x = ravine::test::path(up, 60);
  for (std::size_t t = 1; t < x.size(); ++t)
    EXPECT_NEAR(x[t - 1] - x[t], std::min(0.01 * std::pow(1.2, t - 1), 50.0), 1e-12 * (1 - x[t]));
  // Always the other sign: a step, a pause while delta halves, ... down to 1e-6.
  int k = 0;
  const ravine::test::Objective turning{{0}, [&k](std::span<const double>, std::span<double> g) {
                                          if (!g.empty()) g[0] = (k / 2) % 2 == 0 ? 1 : -1;
                                          return 0.0;
                                        }};
  // Signs + | + - - + + - - ...: a change, where it waits; then, after the wait, a step as it is.
  Host down("rprop", turning, {{"initial_step", 1}});
  k = 1;
  double delta = 1;
  for (int t = 0; t < 60; ++t, ++k) {
    const double before = down.x[0];
    down.steps(1);
    const double moved = std::fabs(down.x[0] - before);
    if (t % 2 == 1) {
      EXPECT_EQ(moved, 0) << "at a change of sign, t = " << t;
      delta = std::max(delta / 2, 1e-6);
    } else {
      EXPECT_NEAR(moved, delta, 1e-15) << "t = " << t;
    }
  }
  EXPECT_EQ(delta, 1e-6);
}

TEST(Rprop, SolvesADiagonalQuadraticWhateverItsCondition) {
  // Each coordinate is by itself: nothing depends on lambda.
  Host host("rprop", ravine::test::diagonal_quadratic({1e-6, 1, 1e6}));
  host.steps(200);
  EXPECT_EQ(host.x[0], host.x[1]);
  EXPECT_EQ(host.x[1], host.x[2]);
  EXPECT_LT(std::fabs(host.x[0]), 1e-5);  // some delta_min
}

TEST(Rprop, RefusesAnEmptyRangeOfSteps) {
  EXPECT_THROW(Host("rprop", ravine::test::slope(1), {{"delta_min", 1}, {"delta_max", 0.5}}),
               std::runtime_error);
}

}  // namespace
