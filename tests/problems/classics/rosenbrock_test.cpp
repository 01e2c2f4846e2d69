#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

#include "problems/facts.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class Rosenbrock : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(double n, const Instance& instance = {}) {
    return testing::make("rosenbrock", {{"n", number(n)}}, instance, no_data_);
  }

 private:
  DataSets no_data_{"nowhere"};
};

// 24.2 = 100 (1 - 1.44)^2 + 2.2^2; Moré, Garbow and Hillstrom, ACM TOMS 7 (1981), problem 1.
TEST_F(Rosenbrock, StartIsThatOfThePaper) {
  const auto problem = make(2);
  EXPECT_EQ(problem->facts().x0, (Vector{-1.2, 1}));
  EXPECT_NEAR(value(*problem, {}, {-1.2, 1}), 24.2, 24.2 * 4 * kUnitRoundoff);
  EXPECT_EQ(make(5)->facts().x0, (Vector{-1.2, 1, -1.2, 1, -1.2}));
}

// From (-1.2, 1, -1.2): 24.2, and from (1, -1.2): 100 (-2.2)^2 + 0 = 484.
TEST_F(Rosenbrock, ChainAddsOneTermAVariable) {
  EXPECT_NEAR(value(*make(3), {}, {-1.2, 1, -1.2}), 508.2, 508.2 * 4 * kUnitRoundoff);
}

// Condition numbers of the Hessian at the minimizer, rounded.
TEST_F(Rosenbrock, ConditionAtTheMinimizerIsKnown) {
  EXPECT_NEAR(make(2)->facts().constants.at("kappa"), 2508, 0.5);
  EXPECT_NEAR(make(3)->facts().constants.at("kappa"), 2950, 0.5);
  EXPECT_NEAR(make(4)->facts().constants.at("kappa"), 3180, 0.5);
  EXPECT_NEAR(make(10)->facts().constants.at("kappa"), 3535, 0.5);
  EXPECT_FALSE(make(1000)->facts().constants.contains("kappa"));
}

// The second local minimum for n = 4, f = 3.7014286104300173, found by Newton's method.
TEST_F(Rosenbrock, FourVariablesHaveASecondMinimum) {
  const auto problem = make(4);
  Vector x = {-0.78, 0.61, 0.38, 0.15};
  for (int k = 0; k < 20; ++k) {
    Eigen::Matrix4d h;
    ASSERT_EQ(problem->hessian({}, x, h.data()), Answer::ok);
    const Vector g = gradient(*problem, {}, x);
    const Eigen::Vector4d step = h.lu().solve(Eigen::Map<const Eigen::Vector4d>(g.data()));
    for (std::size_t i = 0; i < 4; ++i) x[i] -= step[static_cast<Eigen::Index>(i)];
  }
  EXPECT_NEAR(value(*problem, {}, x), 3.7014286104300173, 1e-14);
  EXPECT_LT(x[0], 0);
}

TEST_F(Rosenbrock, DrawnInstancesStartInTheBox) {
  const Vector x0 = make(1000, {2, 9})->facts().x0;
  EXPECT_NE(x0, make(1000, {2, 10})->facts().x0);
  const double largest = max_norm(x0);
  EXPECT_LE(largest, 2);
  EXPECT_GT(largest, 1.9);
}

}  // namespace
}  // namespace ravine::problems::testing
