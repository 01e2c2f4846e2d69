// Sums of shifted quadratics: their closed forms, and DeepOBS's published figures.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "problems/facts.hpp"
#include "problems/linear/reduce.hpp"
#include "problems/random/numpy_legacy.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class Shifted : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(const Given& given, const Instance& instance = {1, 5}) {
    return testing::make("shifted_quadratics", given, instance, no_data_);
  }
  DataSets no_data_{"nowhere"};
};

// Printed by numpy.random.RandomState(42): random_sample(3), then normal(size=3) of a new one.
TEST(NumpyRandomState, GivesNumPysNumbers) {
  NumpyRandomState uniform(42);
  EXPECT_EQ(uniform.uniform(), 0.3745401188473625);
  EXPECT_EQ(uniform.uniform(), 0.9507143064099162);
  EXPECT_EQ(uniform.uniform(), 0.7319939418114051);
  NumpyRandomState normal(42);
  // One rounding of the logarithm is left to the C library.
  EXPECT_DOUBLE_EQ(normal.normal(), 0.4967141530112327);
  EXPECT_DOUBLE_EQ(normal.normal(), -0.13826430117118466);
  EXPECT_DOUBLE_EQ(normal.normal(), 0.6476885381006925);
}

// Digits as published with DeepOBS's own code run in double precision.
TEST_F(Shifted, QuadraticDeepIsDeepObsOwn) {
  const auto problem = testing::make("quadratic_deep", {}, {}, no_data_);
  const Facts& facts = problem->facts();
  EXPECT_NEAR(facts.constants.at("mu"), .0055221171, 5e-11);
  EXPECT_NEAR(facts.constants.at("L"), 53.1290154, 5e-8);
  EXPECT_NEAR(facts.constants.at("kappa"), 9621.13, 5e-3);
  EXPECT_EQ(facts.x0, Vector(100, 1.0));
  EXPECT_NEAR(value(*problem, {}, facts.x0), 353.71, 5e-3);
  EXPECT_NEAR(*facts.f_star, 84.76965, 5e-6);
  Vector metrics(2);
  ASSERT_EQ(problem->measure(facts.x_star, metrics), Answer::ok);
  EXPECT_NEAR(metrics[0], 84.76965, 5e-6) << "training loss";
  EXPECT_NEAR(metrics[1], 87.12874, 5e-6) << "test loss at the training minimizer";
}

TEST_F(Shifted, BatchesAverageToTheFullObjective) {
  const auto problem =
      make({{"n", number(7)}, {"samples", number(60)}, {"rotation", word("householder")}});
  const Vector x = generic_point(*problem);
  Vector mean(7);
  double f = 0;
  for (std::uint64_t i = 0; i < 60; i += 20) {
    std::vector<std::uint64_t> samples(20);
    std::iota(samples.begin(), samples.end(), i);
    f += value(*problem, {0, samples, false}, x) / 3;
    mean = plus(mean, 1.0 / 3, gradient(*problem, {0, samples, false}, x));
  }
  // Some roundings of sums of 60 terms.
  EXPECT_NEAR(f, value(*problem, {}, x), 200 * kUnitRoundoff * f);
  const Vector g = gradient(*problem, {}, x);
  EXPECT_LE(max_norm(plus(mean, -1, g)), 200 * kUnitRoundoff * 10 * max_norm(x));
}

TEST_F(Shifted, RecycledTheMinimizerIsTheMeanAndFreshTheCentre) {
  const auto recycled = make({{"n", number(3)}, {"samples", number(500)}});
  const auto fresh =
      make({{"n", number(3)}, {"samples", number(500)}, {"sampling", word("fresh")}});
  EXPECT_FALSE(recycled->facts().fresh_samples);
  EXPECT_TRUE(fresh->facts().fresh_samples);
  // f* = 1/2 sigma^2 tr A of the risk; of N samples its mean is (N - 1) / N as much.
  const auto& constants = fresh->facts().constants;
  const double trace = 1 + std::sqrt(10.0) + 10;
  EXPECT_NEAR(*fresh->facts().f_star, 0.5 * trace, 1e-14 * trace);
  EXPECT_NEAR(constants.at("noise"), 1 + 10 + 100, 1e-12);
  // The sample mean errs by sigma / sqrt(N) a coordinate: five of them.
  EXPECT_LE(max_norm(plus(recycled->facts().x_star, -1, fresh->facts().x_star)),
            5 / std::sqrt(500.0));
  Vector at_mean(3), at_centre(3);
  ASSERT_EQ(recycled->measure(recycled->facts().x_star, at_mean), Answer::ok);
  ASSERT_EQ(fresh->measure(fresh->facts().x_star, at_centre), Answer::ok);
  EXPECT_GT(at_mean[2], 0) << "the training loss flatters its own minimizer";
  EXPECT_EQ(at_centre[1], *fresh->facts().f_star);
  EXPECT_EQ(value(*fresh, {}, fresh->facts().x_star), *fresh->facts().f_star);
}

// Fresh gradients have the mean of the risk's and, one sample, the covariance A S A: over 20000 the
// mean stays within five standard errors, and the variance of each entry within five of its own,
// 5 sqrt(2 / 20000) = 5 %.
TEST_F(Shifted, FreshGradientsHaveTheKnownNoise) {
  const auto problem = make({{"n", number(2)}, {"sampling", word("fresh")}});
  const Vector x{1, -2};
  const Vector g = gradient(*problem, {}, x);
  constexpr std::uint64_t kDraws = 20000;
  const double d[] = {1, 10};
  for (std::size_t j = 0; j < 2; ++j) {
    double sum = 0, squares = 0;
    for (std::uint64_t i = 0; i < kDraws; ++i) {
      const double apart = gradient(*problem, {0, {&i, 1}, false}, x)[j] - g[j];
      sum += apart;
      squares += apart * apart;
    }
    EXPECT_NEAR(sum / kDraws, 0, 5 * d[j] / std::sqrt(kDraws));
    EXPECT_NEAR(squares / kDraws / (d[j] * d[j]), 1, 0.05);
  }
}

TEST_F(Shifted, FreshSamplesAreNotThoseOfTheTrainingSet) {
  const auto recycled = make({{"samples", number(10)}});
  const auto fresh = make({{"samples", number(10)}, {"sampling", word("fresh")}});
  for (std::uint64_t i = 0; i < 10; ++i)
    EXPECT_NE(value(*recycled, {0, {&i, 1}, false}, {0, 0}),
              value(*fresh, {0, {&i, 1}, false}, {0, 0}));
  const std::uint64_t far = 1000000000000;
  EXPECT_GT(value(*fresh, {0, {&far, 1}, false}, {9, 9}), 0) << "any index exists";
}

}  // namespace
}  // namespace ravine::problems::testing
