#include "problems/stages/smoothed.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/facts.hpp"
#include "problems/stages/staged.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

// Abramowitz and Stegun, Handbook of Mathematical Functions, table 25.10, for the weight
// exp(-x^2): z = sqrt 2 x, w / sqrt pi.
TEST(GaussHermite, NodesAreThoseOfTheTables) {
  const Nodes three = gauss_hermite(1, 3);
  ASSERT_EQ(three.weights.size(), 3U);
  EXPECT_NEAR(three.z[0], -std::sqrt(3.0), 1e-15);
  EXPECT_NEAR(three.z[1], 0, 1e-15);
  EXPECT_NEAR(three.weights[0], 1.0 / 6, 1e-15);
  EXPECT_NEAR(three.weights[1], 2.0 / 3, 1e-15);
  const Nodes five = gauss_hermite(1, 5);
  EXPECT_NEAR(five.z[4], std::sqrt(2.0) * 2.020182870456086, 2e-15);
  EXPECT_NEAR(five.weights[4], 0.01995324205904591 / std::sqrt(std::acos(-1.0)), 1e-15);
}

// E Z^k = (k - 1)!! for even k, 0 for odd k, of all degrees up to 2 m - 1.
TEST(GaussHermite, MomentsAreExact) {
  for (const std::uint64_t m : {1U, 2U, 3U, 4U, 5U, 12U}) {
    const Nodes nodes = gauss_hermite(1, m);
    double expected = 1;
    for (std::uint64_t k = 0; k <= 2 * m - 1; ++k) {
      if (k > 0 && k % 2 == 0) expected *= static_cast<double>(k - 1);
      double moment = 0, size = 0;
      for (std::size_t i = 0; i < nodes.z.size(); ++i) {
        moment += nodes.weights[i] * std::pow(nodes.z[i], static_cast<double>(k));
        size += nodes.weights[i] * std::pow(std::abs(nodes.z[i]), static_cast<double>(k));
      }
      EXPECT_NEAR(moment, k % 2 == 0 ? expected : 0, 1e-13 * size) << "m = " << m << ", k = " << k;
    }
  }
}

TEST(GaussHermite, ProductsHoldEveryCombination) {
  const Nodes nodes = gauss_hermite(3, 2);  // -1 and 1
  ASSERT_EQ(nodes.weights.size(), 8U);
  double mixed = 0, square = 0;
  for (std::size_t k = 0; k < 8; ++k) {
    const double* z = &nodes.z[3 * k];
    EXPECT_NEAR(nodes.weights[k], 0.125, 1e-15);
    mixed += nodes.weights[k] * z[0] * z[1] * z[2];
    square += nodes.weights[k] * z[0] * z[0] * z[1] * z[1];
  }
  EXPECT_NEAR(mixed, 0, 1e-15);
  EXPECT_NEAR(square, 1, 1e-14);
}

class Smoothing : public ::testing::Test {
 protected:
  std::shared_ptr<Problem> make(const std::string& family, const Given& given = {}) {
    return testing::make(family, given, {}, no_data_);
  }

 private:
  DataSets no_data_{"nowhere"};
};

// Pairs z, -z leave a linear function as it is, whatever was drawn: of the slope of a quadratic the
// mean is the slope.
TEST_F(Smoothing, AntitheticDrawsAreExactForLinearFunctions) {
  const auto f = make("booth");
  const auto g = smoothed(f, 0.7, antithetic_draws(2, 10, 5));
  const Vector x = {0.3, -1.2};
  const Vector slope = gradient(*g, {}, x), expected = gradient(*f, {}, x);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(slope[i], expected[i], 1e-13);
}

TEST_F(Smoothing, DrawsAreNormalAndDifferByTheirKey) {
  const Nodes nodes = antithetic_draws(2, 20000, 5);
  double second = 0, fourth = 0;
  for (const double z : nodes.z) {
    second += z * z / static_cast<double>(nodes.z.size());
    fourth += z * z * z * z / static_cast<double>(nodes.z.size());
  }
  // 20000 independent numbers: five standard errors, sqrt(2 / N) and sqrt(96 / N).
  EXPECT_NEAR(second, 1, 5 * std::sqrt(2.0 / 20000));
  EXPECT_NEAR(fourth, 3, 5 * std::sqrt(96.0 / 20000));
  EXPECT_EQ(nodes.z, antithetic_draws(2, 20000, 5).z);
  EXPECT_NE(nodes.z, antithetic_draws(2, 20000, 6).z);
}

TEST_F(Smoothing, StagesAreTheProblemsOfTheParts) {
  const auto easy = make("sphere", {{"n", number(3)}});
  const auto hard = make("rosenbrock", {{"n", number(3)}});
  const auto both =
      staged({{{"easy", 1, false, {}}, easy}, {{"hard", 0, false, {}}, hard}}, hard->facts());
  const Vector x = {0.5, -1, 2}, v = {1, 2, 3};
  ASSERT_EQ(both->facts().stages.size(), 2U);
  EXPECT_EQ(both->facts().stages[0].name, "easy");
  EXPECT_EQ(value(*both, {0}, x), value(*easy, {}, x));
  EXPECT_EQ(gradient(*both, {1}, x), gradient(*hard, {}, x));
  EXPECT_EQ(hessian_vector(*both, {0}, x, v), hessian_vector(*easy, {}, x, v));
  EXPECT_EQ(both->residuals(), nullptr);
  EXPECT_EQ(both->facts().offers_partials, easy->facts().offers_partials);
  const auto alone = staged({{{"hard", 0, false, {}}, hard}}, hard->facts());
  EXPECT_EQ(alone->residuals(), hard->residuals());
  EXPECT_TRUE(alone->facts().offers_partials);
}

TEST_F(Smoothing, PartsOfAnotherSizeAreRefused) {
  const auto two = make("rosenbrock"), three = make("rosenbrock", {{"n", number(3)}});
  try {
    staged({{{"small", 1, false, {}}, two}, {{"large", 0, false, {}}, three}}, three->facts());
    FAIL();
  } catch (const ProblemError& error) {
    EXPECT_STREQ(error.what(),
                 "stage 'small' of problem 'rosenbrock' has 2 variables, the objective has 3");
  }
}

}  // namespace
}  // namespace ravine::problems::testing
