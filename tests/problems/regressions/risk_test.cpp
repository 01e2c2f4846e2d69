// The risk of two classes on fresh samples: minima, limits. Its values and derivatives are compared
// with an independent computation in reference/regressions.py, and with means of samples in
// regressions_test.cpp.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "problems/linear/reduce.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

Given fresh(double n) {
  return {{"n", number(n)}, {"samples", number(10)}, {"sampling", word("fresh")}};
}

std::unique_ptr<Problem> make(const std::string& family, const Given& given) {
  DataSets none;
  return testing::make(family, given, {0, 11}, none);
}

TEST(Risk, HasItsMinimumAtAnyConditionAndSize) {
  const auto stated = [&](const std::string& family, double n, double condition, double noise,
                          double l2, const char* criterion = nullptr) {
    Given given = fresh(n);
    given["condition"] = number(condition);
    given["noise"] = number(noise);
    given["l2"] = number(l2);
    given["rotation"] = word("hadamard");
    if (criterion != nullptr) given["criterion"] = word(criterion);
    const auto problem = make(family, given);
    const Facts& facts = problem->facts();
    if (!facts.f_star) return false;
    const double gap = value(*problem, {}, facts.x0) - *facts.f_star;
    EXPECT_GT(gap, 0);
    EXPECT_EQ(value(*problem, {}, facts.x_star), *facts.f_star);
    if (facts.offers_hessian && n < 100) {
      EXPECT_LE(stationarity(*problem, {}, facts.x_star).newton_gain, 1e-13 * gap);
    }
    return true;
  };
  for (const double condition : {1.0, 100.0, 1e8})
    for (const double l2 : {0.0, 1e-3, 100.0}) {
      SCOPED_TRACE(::testing::Message() << condition << " " << l2);
      EXPECT_TRUE(stated("logistic_regression", 9, condition, 0.1, l2));
      EXPECT_TRUE(stated("perceptron_criterion", 9, condition, 0.1, l2, "hinge"));
      EXPECT_TRUE(stated("perceptron_criterion", 9, condition, 0.4, l2, "squared_hinge"));
    }
  EXPECT_TRUE(stated("logistic_regression", 9, 100, 0, 1e-6)) << "all labels true";
  EXPECT_TRUE(stated("perceptron_criterion", 9, 100, 1e-4, 0, "hinge"));
  EXPECT_TRUE(stated("logistic_regression", 100'003, 100, 0.1, 1e-3));
  EXPECT_FALSE(stated("logistic_regression", 9, 100, 0, 0)) << "at infinity";
  EXPECT_FALSE(stated("logistic_regression", 9, 100, 0.5, 0.1)) << "at the start";
}

// At w = 0 the margins are 0 and the score behind a label is normal.
TEST(Risk, IsExactAtZero) {
  constexpr double kNoise = 0.2;
  const std::pair<const char*, double> losses[] = {
      {"logistic_regression", std::log(2.0)}, {"hinge", 1}, {"squared_hinge", 0.5}};
  for (const auto& [name, f] : losses) {
    const bool hinge = f != std::log(2.0);
    Given given = fresh(3);
    given["condition"] = number(1);
    given["noise"] = number(kNoise);
    if (hinge) given["criterion"] = word(name);
    const auto problem = make(hinge ? "perceptron_criterion" : name, given);
    EXPECT_DOUBLE_EQ(value(*problem, {}, Vector(3)), f) << name;
    // phi'(0) E |s| (1 - 2 noise) along b / |b|: the covariance is 1.
    const Vector g = gradient(*problem, {}, Vector(3));
    const double slope = (hinge ? 1 : 0.5) * std::sqrt(2 / std::numbers::pi) * (1 - 2 * kNoise);
    EXPECT_NEAR(std::sqrt(dot(g, g)), slope, 1e-15) << name;
  }
}

// Where margins are large the logistic loss is the perceptron's, in which sizes factor out.
TEST(Risk, StaysExactFarOut) {
  const auto logistic = make("logistic_regression", fresh(3));
  Given given = fresh(3);
  given["l2"] = number(0.001);  // the logistic's default
  const auto limit = make("perceptron_criterion", given);
  const Vector x = generic_point(*logistic);
  for (const double scale : {1e6, 1e100}) {
    const Vector far = plus(Vector(3), scale, x);
    EXPECT_NEAR(value(*logistic, {}, far) / value(*limit, {}, far), 1, 1e-6 / scale + 1e-14);
    EXPECT_TRUE(std::isfinite(max_norm(gradient(*logistic, {}, far))));
  }
}

}  // namespace
}  // namespace ravine::problems::testing
