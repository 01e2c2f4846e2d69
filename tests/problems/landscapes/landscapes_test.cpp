// What is known of saddles, wells and plateaus beside the tables in reference/.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

std::unique_ptr<Problem> landscape(const std::string& family, const Given& given = {},
                                   const Instance& instance = {}) {
  DataSets none;
  return make(family, given, instance, none);
}

Vector descent_step(Problem& problem, const Vector& x, double rate) {
  return plus(x, -rate, gradient(problem, {}, x));
}

// Where the continuous path delta e^(gamma t) / sqrt(1 + delta^2 / gamma (e^(2 gamma t) - 1)) is
// when its linear part alone would meet sqrt gamma: at sqrt(gamma / 2).
TEST(StrictSaddle, IsLeftAfterTheStepsThatTheorySays) {
  const double eta = 0.1;
  for (const double gamma : {1.0, 0.5}) {
    for (const double delta : {1e-2, 1e-6, 1e-12}) {
      const auto problem =
          landscape("strict_saddle", {{"gamma", number(gamma)}, {"delta", number(delta)}});
      Vector x = problem->facts().x0;
      int steps = 0;
      while (x[1] < std::sqrt(gamma / 2) && steps < 10000) {
        x = descent_step(*problem, x, eta);
        ++steps;
      }
      const double expected = std::log(std::sqrt(gamma) / delta) / std::log(1 + eta * gamma);
      EXPECT_NEAR(steps, expected, 2) << "gamma = " << gamma << ", delta = " << delta;
    }
  }
}

TEST(StrictSaddle, KeepsTheGradientOnItsRidgeAndAttractsNewton) {
  const auto problem = landscape("strict_saddle", {{"delta", number(0)}});
  Vector x = problem->facts().x0;
  for (int k = 0; k < 2000; ++k) x = descent_step(*problem, x, 0.5);
  EXPECT_EQ(x[1], 0);
  EXPECT_LT(x[0], 1e-300);
  Vector h(4);
  ASSERT_EQ(problem->hessian({}, Vector{0, 0.1}, h.data()), Answer::ok);
  const double newton = 0.1 - gradient(*problem, {}, {0, 0.1})[1] / h[3];
  EXPECT_LT(std::abs(newton), 0.01) << "the step is cubic towards the saddle";
}

TEST(QuadraticSaddle, IsOneNewtonStepAway) {
  const auto problem = landscape("quadratic_saddle", {}, {2, 5});
  const Vector& x = problem->facts().x0;
  Vector h(4);
  ASSERT_EQ(problem->hessian({}, x, h.data()), Answer::ok);
  EXPECT_EQ(h, (Vector{1, 0, 0, -1}));
  const Vector g = gradient(*problem, {}, x);
  EXPECT_EQ(x[0] - g[0] / h[0], 0);
  EXPECT_EQ(x[1] - g[1] / h[3], 0);
}

TEST(MonkeySaddle, HasNoCurvatureAtAll) {
  const auto problem = landscape("monkey_saddle");
  Vector h(4, 1);
  ASSERT_EQ(problem->hessian({}, Vector{0, 0}, h.data()), Answer::ok);
  EXPECT_EQ(h, Vector(4));
  // On the ridge, d/dt r = -3 r^2: 1 / r grows by 3 eta a step, and y stays 0.
  Vector x = {0.01, 0};
  for (int k = 0; k < 1000; ++k) x = descent_step(*problem, x, 0.01);
  EXPECT_EQ(x[1], 0);
  EXPECT_NEAR(1 / x[0], 130, 1);
}

TEST(DoubleWell, LosesTwoStationaryPointsAtTheCriticalTilt) {
  const double critical = 2 / (3 * std::numbers::sqrt3);
  for (const double c : {0.0, 0.1, 0.3, critical - 1e-6})
    EXPECT_EQ(landscape("double_well", {{"c", number(c)}})->facts().landmarks.size(), 2U) << c;
  for (const double c : {critical + 1e-6, 0.5, 1.0})
    EXPECT_TRUE(landscape("double_well", {{"c", number(c)}})->facts().landmarks.empty()) << c;
}

// Changes of sign of the slope on a grid are as many as the points that are listed.
TEST(DoubleWell, HasNoOtherStationaryPoints) {
  for (const double c : {0.05, 0.2, 0.38, 0.39, 0.8}) {
    const auto problem = landscape("double_well", {{"c", number(c)}});
    std::size_t changes = 0;
    double before = -1;
    for (int k = -2000; k <= 2000; ++k) {
      const double slope = gradient(*problem, {}, {1e-3 * k})[0];
      if (slope * before < 0) ++changes;
      if (slope != 0) before = slope;
    }
    EXPECT_EQ(changes, problem->facts().landmarks.size() + 1) << "c = " << c;
  }
}

// The basins meet in the maximum.
TEST(DoubleWell, DescentEndsInTheBasinWhereItStarts) {
  const auto problem = landscape("double_well");
  const double local = problem->facts().landmarks[0].x[0], top = problem->facts().landmarks[1].x[0];
  for (const double offset : {1e-6, -1e-6}) {
    Vector x = {top + offset};
    for (int k = 0; k < 2000; ++k) x = descent_step(*problem, x, 0.1);
    EXPECT_NEAR(x[0], offset > 0 ? local : problem->facts().x_star[0], 1e-12);
  }
}

TEST(SharpAndBroad, PlateauIsFlatAndHasNoStationaryPoint) {
  const auto problem = landscape("sharp_and_broad");
  const auto slope = [&](double x) { return gradient(*problem, {}, {x})[0]; };
  double least = 1, most = 0;
  for (int k = 5000; k <= 8000; ++k) {
    least = std::min(least, slope(1e-3 * k));
    most = std::max(most, slope(1e-3 * k));
  }
  EXPECT_NEAR(least, 0.0018897387672406, 1e-9);
  EXPECT_LT(most, 0.005);
  for (int k = 310; k < 10000; ++k) EXPECT_GT(slope(1e-2 * k), 0) << 1e-2 * k;
}

// The curvature 59.98 forbids the sharp minimum to rates above 2/59.98 = 0.0333.
TEST(SharpAndBroad, LargeStepsLeaveTheSharpMinimum) {
  const auto problem = landscape("sharp_and_broad");
  const auto end = [&](double rate) {
    Vector x = {3.3};
    for (int k = 0; k < 200000; ++k) x = descent_step(*problem, x, rate);
    return x[0];
  };
  const double sharp = problem->facts().landmarks[0].x[0];
  EXPECT_NEAR(end(0.03), sharp, 1e-9);
  EXPECT_NEAR(end(0.5), problem->facts().x_star[0], 1e-9);
}

TEST(ReddiOnline, PeriodIsTheMeanOfItsFunctions) {
  const auto problem = landscape("reddi_online");
  const auto slope_of = [&](std::vector<std::uint64_t> samples) {
    return gradient(*problem, {0, samples, false}, {0.25})[0];
  };
  EXPECT_EQ(slope_of({0}), 3);
  EXPECT_EQ(slope_of({1}), -1);
  EXPECT_EQ(slope_of({2}), -1);
  EXPECT_EQ(gradient(*problem, {}, {0.25})[0], 1.0 / 3);
  EXPECT_EQ(problem->facts().f_star, -1.0 / 3);
  EXPECT_THROW(landscape("reddi_online", {{"C", number(2)}}), ProblemError);
}

TEST(LessardRechtPackard, SlopeIsContinuousAndAsSteepAsItSays) {
  const auto problem = landscape("lessard_recht_packard");
  const auto slope = [&](double x) { return gradient(*problem, {}, {x})[0]; };
  EXPECT_EQ(slope(-2), -50);
  EXPECT_EQ(slope(1), 25);
  EXPECT_EQ(slope(1.5), 25.5);
  EXPECT_EQ(slope(2), 26);
  EXPECT_EQ(slope(3), 51);
  EXPECT_NEAR(value(*problem, {}, {std::nextafter(1.0, 0)}), value(*problem, {}, {1}), 1e-14);
  EXPECT_NEAR(value(*problem, {}, {std::nextafter(2.0, 0)}), value(*problem, {}, {2}), 1e-14);
}

}  // namespace
}  // namespace ravine::problems::testing
