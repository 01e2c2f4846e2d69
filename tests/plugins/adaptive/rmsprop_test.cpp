// RMSProp: its cycle at a constant rate, its epsilons and its variants.
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

#include "tests/plugins/adaptive/streams.hpp"

namespace {

using namespace ravine::test;  // NOLINT(google-build-using-namespace): a test of one room

TEST(RmsProp, AtAConstantRateEndsInACycleOfTwoAroundTheMinimum) {
  // On x^2 / 2 at +-a the average is a^2, and the step alpha a / (a + epsilon) = 2 a for
  // a = alpha / 2 - epsilon.
  Host host("rmsprop", diagonal_quadratic({1}), {{"learning_rate", 0.01}, {"beta", 0.9}});
  host.steps(20000);
  for (int k = 0; k < 10; ++k) {
    const double before = host.x[0];
    host.steps(1);
    EXPECT_NEAR(host.x[0], -before, 1e-12);
    EXPECT_NEAR(std::fabs(host.x[0]), 0.005 - 1e-8, 1e-12);
  }
}

TEST(RmsProp, OfTheRunningSumConvergesWhereItsAverageOfSquaresCycles) {
  const Settings settings{{"learning_rate", 0.5}, {"beta", 0.9}};
  Settings literal = settings;
  literal["average_of"] = 1;
  Host usual("rmsprop", diagonal_quadratic({1}), settings);
  Host sum("rmsprop", diagonal_quadratic({1}), literal);
  for (Host* host : {&usual, &sum}) host->steps(5000);
  EXPECT_NEAR(std::fabs(usual.x[0]), 0.25, 1e-6);
  EXPECT_LT(std::fabs(sum.x[0]), 1e-12);
}

TEST(RmsProp, EpsilonInsideTheRootIsAFloor) {
  // g = 1e-5 and beta = 0: the average is g^2.
  const Settings settings{{"beta", 0}, {"epsilon", 1e-8}};
  Settings inside = settings;
  inside["epsilon_form"] = 1;
  EXPECT_NEAR(first_step("rmsprop", settings, 1e-5), 0.999000999, 1e-9);
  EXPECT_NEAR(first_step("rmsprop", inside, 1e-5), 0.099503719, 1e-9);
}

TEST(RmsProp, CenteredIsNeverNotANumberThoughTheVarianceRoundsBelowZero) {
  const double beta = 0.95, g = 1.1;
  double r = 0, m = 0, lowest = 0;
  Host host("rmsprop", constant(g), {{"beta", beta}, {"centered", 1}, {"learning_rate", 1e-20}});
  for (int k = 0; k < 2000; ++k) {
    r = beta * r + (1 - beta) * (g * g);
    m = beta * m + (1 - beta) * g;
    lowest = std::min(lowest, r - m * m);
    host.steps(1);
    ASSERT_TRUE(std::isfinite(host.x[0])) << k;
  }
  EXPECT_LT(lowest, 0);  // without the clamp its root would be NaN
}

TEST(RmsProp, CenteredDividesByTheStandardDeviation) {
  // Gradients 3 +- 1 in turn: for beta near 1 the average is 3 and the variance 1, where the plain
  // form divides by sqrt(10).
  const auto alternating = [](int t) { return t % 2 == 0 ? 4.0 : 2.0; };
  for (const double centered : {0, 1}) {
    Host host("rmsprop", stream(alternating), unit_rate({{"beta", 0.999}, {"centered", centered}}));
    host.steps(20000);
    const double before = host.x[0];
    host.steps(2);
    EXPECT_NEAR(before - host.x[0], centered != 0 ? 6 : 6 / std::sqrt(10), 0.01);
  }
}

TEST(RmsProp, MomentumMultipliesSteadyStepsByOneOverOneMinusItself) {
  Host host("rmsprop", constant(1), unit_rate({{"beta", 0.9}, {"momentum", 0.75}}));
  host.steps(400);
  const double before = host.x[0];
  host.steps(1);
  EXPECT_NEAR(before - host.x[0], 4, 1e-6);
}

TEST(RmsProp, RefusesVariantsThatDoNotGoTogether) {
  const auto reason = [](const Settings& settings) {
    try {
      const Host host("rmsprop", constant(1), settings);
    } catch (const std::runtime_error& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_NE(reason({{"centered", 1}, {"average_of", 1}}).find("average_of"), std::string::npos);
  EXPECT_NE(reason({{"centered", 1}, {"bias_correction", 1}}).find("bias_correction"),
            std::string::npos);
  EXPECT_EQ(reason({{"bias_correction", 1}, {"average_of", 1}}), "");
}

TEST(Adadelta, OfASteadyGradientTheSquaresOfTheStepsGrowByOneMinusRhoEpsilon) {
  // Where E has come up to g^2 = 1, delta^2 = D + epsilon up to 1 + epsilon, and so D grows by
  // (1 - rho) epsilon a step: the start is slow, and how slow is epsilon's to say.
  Host host("adadelta", constant(1));
  host.steps(300);
  double last = 0;
  for (int k = 0; k < 100; ++k) {
    const double before = host.x[0];
    host.steps(1);
    const double step = before - host.x[0];
    if (k > 0) {
      EXPECT_NEAR(step * step - last * last, 0.1 * 1e-6, 1e-10) << k;
    }
    last = step;
  }
}

}  // namespace
