#include "results/statistics.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace ravine::results {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Statistics, OfNothingIsNothing) {
  EXPECT_EQ(median({}), std::nullopt);
  EXPECT_EQ(minimum({}), std::nullopt);
  EXPECT_EQ(maximum({}), std::nullopt);
  EXPECT_EQ(quantile({}, 0.5), std::nullopt);
  EXPECT_EQ(median_absolute_deviation({}), std::nullopt);
}

TEST(Statistics, MedianOfOddAndEvenCounts) {
  EXPECT_EQ(median({3}), 3);
  EXPECT_EQ(median({9, 1, 5}), 5);
  EXPECT_EQ(median({4, 1, 3, 2}), 2.5);
  EXPECT_EQ(median({-7, -7, 11, 2}), -2.5);
  EXPECT_EQ(median({1.7e308, 1.7e308}), 1.7e308);  // the sum would overflow
}

TEST(Statistics, MissesAreWorseThanAnyHit) {
  EXPECT_EQ(median({10, kInf, 12}), 12);
  EXPECT_EQ(median({10, kInf, kInf}), kInf);
  EXPECT_EQ(median({10, kInf}), kInf);
  EXPECT_EQ(median({kInf, kInf}), kInf);
  EXPECT_EQ(minimum({10, kInf}), 10);
  EXPECT_EQ(maximum({10, kInf}), kInf);
}

TEST(Statistics, NanCountsAsMiss) {
  EXPECT_EQ(median({kNan, 1, 2}), 2);
  EXPECT_EQ(minimum({kNan, 4}), 4);
  EXPECT_EQ(maximum({kNan, 4}), kInf);
  EXPECT_EQ(median({-kInf, kInf}), kInf);  // no NaN comes out
}

TEST(Statistics, QuantileAsNumpy) {
  // numpy.quantile([15, 20, 35, 40, 50], p) for p = 0, .05, .3, .4, .5, 1
  const std::vector<double> x = {50, 15, 40, 20, 35};
  EXPECT_DOUBLE_EQ(*quantile(x, 0), 15);
  EXPECT_DOUBLE_EQ(*quantile(x, 0.05), 16);
  EXPECT_DOUBLE_EQ(*quantile(x, 0.3), 23);
  EXPECT_DOUBLE_EQ(*quantile(x, 0.4), 29);
  EXPECT_DOUBLE_EQ(*quantile(x, 0.5), 35);
  EXPECT_DOUBLE_EQ(*quantile(x, 1), 50);
  // numpy.quantile([3, 6, 7, 8, 8, 10, 13, 15, 16, 20], 0.9) = 16.4
  EXPECT_DOUBLE_EQ(*quantile({3, 6, 7, 8, 8, 10, 13, 15, 16, 20}, 0.9), 16.4);
  EXPECT_DOUBLE_EQ(*quantile(x, -1), 15);
  EXPECT_DOUBLE_EQ(*quantile(x, 2), 50);
}

TEST(Statistics, QuantileBesideAMiss) {
  EXPECT_EQ(quantile({1, kInf}, 0), 1);
  EXPECT_EQ(quantile({1, kInf}, 0.01), kInf);
  EXPECT_EQ(quantile({1, 2, kInf}, 0.5), 2);
  EXPECT_EQ(quantile({kInf, kInf}, 0.5), kInf);
}

TEST(Statistics, MedianAbsoluteDeviation) {
  // By hand: median 2; deviations 1 1 0 0 2 4 7, whose median is 1.
  EXPECT_EQ(median_absolute_deviation({1, 1, 2, 2, 4, 6, 9}), 1);
  EXPECT_EQ(median_absolute_deviation({5}), 0);
  EXPECT_EQ(median_absolute_deviation({1, 2, 3, 4}), 1);  // median 2.5: 1.5 .5 .5 1.5
  EXPECT_EQ(median_absolute_deviation({1, kInf, kInf}), 0);
  EXPECT_EQ(median_absolute_deviation({1, 2, kInf}), 1);
}

}  // namespace
}  // namespace ravine::results
