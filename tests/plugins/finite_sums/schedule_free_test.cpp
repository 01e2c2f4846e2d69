// Schedule-free SGD: its average, its limits beta = 0 and 1, and its weights.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;

TEST(ScheduleFreeSgd, FirstStepsByHand) {
  // f = x^2 / 2 from 1, gamma = 1/2, beta = 1/2, all exact in binary:
  // y = 1, z = 1/2, x = 1/2 (c = 1); y = 1/2, z = 1/4, x = 3/8 (c = 1/2);
  // y = 5/16, z = 1/4 - 5/32 = 3/32, x = 2/3 3/8 + 1/3 3/32 = 9/32 (c = 1/3, rounded).
  Host host("schedule_free_sgd", ravine::test::diagonal_quadratic({1}),
            {{"learning_rate", 0.5}, {"beta", 0.5}});
  EXPECT_EQ(host.judged(), (std::vector<double>{1}));
  host.steps(1);
  EXPECT_EQ(host.x[0], 0.5);
  EXPECT_EQ(host.judged()[0], 0.5);
  host.steps(1);
  EXPECT_EQ(host.x[0], 0.25);
  EXPECT_EQ(host.judged()[0], 0.375);
  host.steps(1);
  EXPECT_EQ(host.x[0], 3.0 / 32);
  EXPECT_NEAR(host.judged()[0], 9.0 / 32, 1e-16);
}

TEST(ScheduleFreeSgd, WithoutMixingIsSgdWithPolyaksAverage) {
  Host host("schedule_free_sgd", ravine::test::rosenbrock(),
            {{"learning_rate", 1e-3}, {"beta", 0}});
  Host plain("gradient_descent", ravine::test::rosenbrock(), {{"learning_rate", 1e-3}});
  double sum[2] = {0, 0};
  for (int t = 1; t <= 200; ++t) {
    host.steps(1);
    plain.steps(1);
    EXPECT_EQ(host.x, plain.x) << "z is SGD, bit for bit";
    const auto average = host.judged();
    for (std::size_t i = 0; i < 2; ++i) {
      sum[i] += plain.x[i];
      EXPECT_NEAR(average[i], sum[i] / t, 1e-13);  // t roundings of |x| <= 1.2
    }
  }
}

TEST(ScheduleFreeSgd, WithFullMixingAsksForGradientsAtTheAverageAlone) {
  Host host("schedule_free_sgd", ravine::test::rosenbrock(),
            {{"learning_rate", 1e-3}, {"beta", 1}});
  for (int t = 0; t < 50; ++t) {
    const auto average = host.judged();
    host.steps(1);
    EXPECT_EQ(host.oracle.points.back(), average);
  }
}

TEST(ScheduleFreeSgd, TheAverageIsWeightedByPowersOfTheStepAndOfTheLargestRate) {
  // The multiplier rises and falls; the weights follow its running maximum.
  const double multipliers[] = {0.25, 0.5, 1, 0.5, 0.125, 1, 1};
  for (const double r : {0.0, 1.0, 2.5})
    for (const double power : {0.0, 1.0, 2.0}) {
      Host host("schedule_free_sgd", ravine::test::diagonal_quadratic({1, 3}),
                {{"learning_rate", 0.2}, {"beta", 0.8}, {"r", r}, {"weight_power", power}});
      double largest = 0, weights = 0, sum[2] = {0, 0};
      int t = 0;
      for (const double multiplier : multipliers) {
        ASSERT_EQ(host.step(multiplier), RAVINE_OK);
        largest = std::max(largest, 0.2 * multiplier);
        const double w = std::pow(++t, r) * std::pow(largest, power);
        weights += w;
        for (std::size_t i = 0; i < 2; ++i) {
          sum[i] += w * host.x[i];
          EXPECT_NEAR(host.judged()[i], sum[i] / weights, 1e-15) << "r " << r << " p " << power;
        }
      }
    }
}

TEST(ScheduleFreeSgd, AWarmUpFromZeroDividesNothingByZero) {
  Host host("schedule_free_sgd", ravine::test::diagonal_quadratic({1, 3}));
  for (int k = 0; k < 3; ++k) {
    ASSERT_EQ(host.step(0), RAVINE_OK);
    EXPECT_EQ(host.judged(), (std::vector<double>{1, 1}));
  }
  ASSERT_EQ(host.step(1), RAVINE_OK);
  EXPECT_EQ(host.judged(), host.x) << "the first iterate that weighs anything";
  EXPECT_LT(host.x[0], 1);
}

TEST(ScheduleFreeSgd, KeepsTheAverageInAConvexSetOntoWhichTheHostProjects) {
  Host host("schedule_free_sgd", ravine::test::diagonal_quadratic({1, 3}),
            {{"learning_rate", 0.5}});
  for (int k = 0; k < 100; ++k) {
    host.steps(1);
    host.x[0] = std::max(host.x[0], 0.5);  // x_0 >= 1/2
    // Means of numbers that are 1/2 and more, to a rounding.
    EXPECT_GE(host.oracle.points.back()[0], 0.5 - 1e-15);
    EXPECT_GE(host.judged()[0], 0.5 - 1e-15);
  }
  EXPECT_NEAR(host.judged()[0], 0.5, 0.05);
  EXPECT_NEAR(host.judged()[1], 0, 0.05);
}

}  // namespace
