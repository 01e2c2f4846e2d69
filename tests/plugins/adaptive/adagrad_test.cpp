// AdaGrad in its three forms: rotations, regret, and convergence without constants.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/plugins/adaptive/streams.hpp"
#include "tests/plugins/random.hpp"

namespace {

using namespace ravine::test;  // NOLINT(google-build-using-namespace): a test of one room

// |R x_rotated - x|, largest coordinate, after `count` steps on a quadratic and the rotated one.
double rotation_defect(const char* plugin, int count) {
  const Objective plain = diagonal_quadratic({1, 10});
  const Objective turned = rotated(plain);
  Host here(plugin, plain, {{"learning_rate", 0.5}});
  Host there(plugin, turned, {{"learning_rate", 0.5}});
  for (Host* host : {&here, &there}) host->steps(count);
  const double c = std::cos(0.7), s = std::sin(0.7);
  return std::max(std::fabs(c * there.x[0] - s * there.x[1] - here.x[0]),
                  std::fabs(s * there.x[0] + c * there.x[1] - here.x[1]));
}

TEST(AdaGradFull, TurnsWithTheCoordinates) {
  EXPECT_LT(rotation_defect("adagrad_full", 20), 1e-11);
}

TEST(AdaGradNorm, TurnsWithTheCoordinates) {
  EXPECT_LT(rotation_defect("adagrad_norm", 50), 1e-13);
}

TEST(AdaGrad, OfTheDiagonalDoesNotTurnWithTheCoordinates) {
  EXPECT_GT(rotation_defect("adagrad", 20), 1e-2);
}

TEST(AdaGradNorm, ConvergesWithoutKnowingTheLipschitzConstant) {
  // The same rate for L = 1e-2 ... 1e4; gradient descent with that rate diverges where L > 2.
  for (const double l : {1e-2, 1.0, 1e2, 1e4}) {
    Host host("adagrad_norm", diagonal_quadratic({l, l / 2}), {{"learning_rate", 1}});
    const double f0 = host.f();
    host.steps(2000);
    EXPECT_LT(host.f() / f0, 1e-12) << "L = " << l;
  }
  Host descent("gradient_descent", diagonal_quadratic({1e2, 50}), {{"learning_rate", 1}});
  descent.steps(100);
  EXPECT_GT(descent.f(), 1e100);
}

// Duchi, Hazan and Singer 2011, Theorem 5 with eta = D / sqrt(2): regret <= sqrt(2) D sum_i
// |g_{1:T,i}|, where D = 2 on [-1, 1]. Losses g_t x with g_t a coin's fall, or against the player.
TEST(AdaGrad, RegretIsBoundedByTheGradients) {
  constexpr int kRounds = 5000;
  for (const bool adversary : {false, true}) {
    const RandomStream random("adagrad regret");
    double played = 0, sum = 0, squares = 0;
    double now = 0;  // the host's x
    const auto gradient = [&](int t) {
      const double u = random.uniform(static_cast<std::uint64_t>(t));
      const double g = adversary ? (now > 0 ? 1 : -1) * (0.1 + u) : (u < 0.6 ? 1 : -1);
      played += g * now;
      sum += g;
      squares += g * g;
      return g;
    };
    Host host("adagrad", stream(gradient), {{"learning_rate", std::sqrt(2)}, {"epsilon", 0}});
    for (int t = 0; t < kRounds; ++t) {
      now = host.x[0];
      host.steps(1);
      host.x[0] = std::clamp(host.x[0], -1.0, 1.0);
    }
    const double regret = played + std::fabs(sum);  // the best fixed point is -sign(sum)
    EXPECT_LE(regret, 2 * std::sqrt(2) * std::sqrt(squares));
    EXPECT_GT(regret, 0.1 * std::sqrt(squares));  // the bound is put to the test
  }
}

TEST(AdaGrad, AnAccumulatorThatStartsHighMakesTheFirstStepsShort) {
  EXPECT_NEAR(first_step("adagrad", {{"initial_accumulator", 99}, {"epsilon", 0}}), 0.1, 1e-15);
  EXPECT_NEAR(first_step("adagrad_norm", {{"initial_accumulator", 99}, {"epsilon", 0}}), 0.1,
              1e-15);
}

TEST(AdaGrad, EpsilonInsideTheRootIsAFloor) {
  EXPECT_NEAR(first_step("adagrad", {{"epsilon", 1e-8}}, 1e-5), 0.999000999, 1e-9);
  EXPECT_NEAR(first_step("adagrad", {{"epsilon", 1e-8}, {"epsilon_form", 1}}, 1e-5), 0.099503719,
              1e-9);
}

TEST(AdaGradFull, TheShiftedInverseIsSmoothWhereThePseudoInverseIsNot) {
  // Two equal gradients: S has rank 1, sqrt(2) |g| long. Across it both leave x alone.
  const Objective ramp{{0, 0}, [](std::span<const double> x, std::span<double> g) {
                         if (!g.empty()) g[0] = g[1] = 1;
                         return x[0] + x[1];
                       }};
  Host pseudo("adagrad_full", ramp, {{"learning_rate", 1}});
  Host shifted("adagrad_full", ramp, {{"learning_rate", 1}, {"inverse", 1}, {"delta", 0.5}});
  for (Host* host : {&pseudo, &shifted}) host->steps(2);
  const double root2 = std::sqrt(2);
  const double first = 1 / root2, second = 1 / root2 / root2;  // g / |g| and again over sqrt(2)
  EXPECT_NEAR(pseudo.x[0], -(first + second), 1e-14);
  EXPECT_NEAR(shifted.x[0], -(1 / (root2 + 0.5) + 1 / (2 + 0.5)), 1e-14);
  EXPECT_NEAR(pseudo.x[1], pseudo.x[0], 1e-14);
  EXPECT_NEAR(shifted.x[1], shifted.x[0], 1e-14);
}

TEST(AdaGradNorm, StandsStillFromAGradientOnWhoseSquareIsInfinite) {
  Host host("adagrad_norm", constant(1e155), {{"learning_rate", 1}});
  const std::vector<double> start = host.x;
  host.steps(3);
  EXPECT_EQ(host.x, start);
}

TEST(AdaGradFull, RefusesMoreVariablesThanItCanDecompose) {
  const auto start = [](std::size_t n) {
    Host host("adagrad_full", diagonal_quadratic(std::vector<double>(n, 1)));
  };
  try {
    start(2001);
    FAIL() << "was not refused";
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("2001 is above 2000"), std::string::npos) << e.what();
  }
  EXPECT_NO_THROW(start(100));
}

TEST(AdaGradFull, ANotANumberShowsInX) {
  Host host("adagrad_full", constant(std::numeric_limits<double>::quiet_NaN()));
  host.steps(2);
  EXPECT_TRUE(std::isnan(host.x[0]));
}

}  // namespace
