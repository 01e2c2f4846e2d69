// What is known of the sigmoid's plateaus and of its noisy labels.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <string>

#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

std::unique_ptr<Problem> fitting(const Given& given, const Instance& instance = {}) {
  DataSets none;
  return make("sigmoid_fitting", given, instance, none);
}

Vector descent_step(Problem& problem, const Vector& x, double rate) {
  return plus(x, -rate, gradient(problem, {}, x));
}

Given sigmoid(const std::string& start) { return {{"start", word(start)}}; }

TEST(SigmoidFitting, CurvatureIsWithinItsBound) {
  for (const std::string labels : {"exact", "noisy"}) {
    const auto problem = fitting({{"labels", word(labels)}});
    const double L = problem->facts().constants.at("L");
    double largest = 0;
    for (int i = -32; i <= 32; ++i) {
      for (int j = -32; j <= 32; ++j) {
        Eigen::Matrix2d h;
        ASSERT_EQ(problem->hessian({}, Vector{0.25 * i, 0.25 * j}, h.data()), Answer::ok);
        largest = std::max(largest, h.eigenvalues().cwiseAbs().maxCoeff());
      }
    }
    EXPECT_LE(largest, L);
    EXPECT_GT(largest, 0.1 * L) << "a bound that says nothing";
  }
}

// |grad f| ~ exp(-|w2|): two further on, e^2 less, with all digits.
TEST(SigmoidFitting, GradientOfThePlateausIsExponentiallySmall) {
  for (const double side : {-1.0, 1.0}) {
    const auto problem = fitting(sigmoid(side < 0 ? "plateau_left" : "plateau_right"));
    EXPECT_EQ(problem->facts().x0, (Vector{0, 12 * side}));
    EXPECT_LT(max_norm(gradient(*problem, {}, problem->facts().x0)), 3 * std::exp(-12.0));
    EXPECT_GT(value(*problem, {}, problem->facts().x0), 0.05) << "stuck, by the lecture's measure";
    for (const double w2 : {12.0, 30.0, 300.0}) {
      const double here = max_norm(gradient(*problem, {}, {0, side * w2}));
      const double beyond = max_norm(gradient(*problem, {}, {0, side * (w2 + 2)}));
      EXPECT_GT(beyond, 0);
      EXPECT_NEAR(here / beyond, std::exp(2.0), 1e-4) << "w2 = " << side * w2;
    }
  }
}

// Descent from (0, 0) fits the sigmoid; from a plateau it has not moved in as many steps.
TEST(SigmoidFitting, PlateausHoldTheGradient) {
  const auto steps = [](const std::string& start) {
    const auto problem = fitting(sigmoid(start));
    const double rate = 1 / problem->facts().constants.at("L");
    Vector x = problem->facts().x0;
    int k = 0;
    while (k < 5000 && value(*problem, {}, x) >= 1e-3) {
      x = descent_step(*problem, x, rate);
      ++k;
    }
    return k;
  };
  EXPECT_LT(steps("near"), 500);
  EXPECT_EQ(steps("plateau_left"), 5000);
  EXPECT_EQ(steps("plateau_right"), 5000);
}

// The minimum of noisy labels is not only a stationary point: no point of a fine grid is lower.
// Where there is none the infimum is that of a step.
TEST(SigmoidFitting, NoisyLabelsHaveAMinimumOrAStepIsBetter) {
  std::size_t minima = 0;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const auto problem = fitting({{"labels", word("noisy")}}, {seed, seed});
    double lowest = 1;
    for (int i = -30; i <= 30; ++i)
      for (int j = -30; j <= 30; ++j)
        lowest = std::min(lowest, value(*problem, {}, {0.5 * i, 0.5 * j}));
    const Facts& facts = problem->facts();
    ASSERT_EQ(facts.landmarks.back().name, "a step, |w| -> inf");
    EXPECT_GE(lowest, facts.f_star.value_or(facts.landmarks.back().f)) << "seed " << seed;
    if (facts.f_star) ++minima;
  }
  EXPECT_GE(minima, 15U);
  EXPECT_TRUE(fitting({{"labels", word("noisy")}})->facts().f_star.has_value()) << "instance 0";
}

// Two labels that a step separates: no minimum.
TEST(SigmoidFitting, SeparableLabelsHaveNone) {
  const auto problem = fitting({{"labels", word("noisy")}, {"samples", number(2)}});
  EXPECT_FALSE(problem->facts().f_star.has_value());
  EXPECT_TRUE(problem->facts().x_star.empty());
}

}  // namespace
}  // namespace ravine::problems::testing
