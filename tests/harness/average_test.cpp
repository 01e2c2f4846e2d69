// Averages of iterates: their identities, and what averaging is for.
#include "harness/average/average.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "harness/schedule/schedule.hpp"

namespace {

using namespace ravine::harness;

AverageSpec polyak() { return {{"polyak", {}}}; }
AverageSpec tail(double start) { return {{"tail", {{"start", {start}}}}}; }
AverageSpec ema(double beta) { return {{"ema", {{"beta", {beta}}}}}; }

std::vector<std::vector<double>> noisy_points(std::size_t count, std::size_t n) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal(3, 2);
  std::vector<std::vector<double>> points(count, std::vector<double>(n));
  for (auto& point : points)
    for (double& x : point) x = normal(random);
  return points;
}

TEST(PolyakAverage, IsTheMeanOfAllPoints) {
  const auto points = noisy_points(1000, 5);
  Average average(polyak(), 5, 1000);
  std::vector<double> sum(5, 0.0);
  for (std::size_t k = 0; k < points.size(); ++k) {
    const auto mean = average.add(points[k]);
    for (std::size_t i = 0; i < 5; ++i) {
      sum[i] += points[k][i];
      // k + 1 roundings of either sum, on numbers of about 3.
      EXPECT_NEAR(mean[i], sum[i] / static_cast<double>(k + 1), 1e-12);
    }
    if (k == 0) {
      EXPECT_EQ(mean[0], points[0][0]) << "the first point itself, to the bit";
    }
  }
}

TEST(TailAverage, IsThePointItselfBeforeAndTheMeanOfTheRestAfter) {
  const auto points = noisy_points(10, 1);
  Average average(tail(0.6), 1, 10);
  double sum = 0;
  for (std::size_t k = 1; k <= 10; ++k) {
    const auto judged = average.add(points[k - 1]);
    if (k <= 6) {
      EXPECT_EQ(judged.data(), points[k - 1].data()) << k;
      continue;
    }
    sum += points[k - 1][0];
    EXPECT_NEAR(judged[0], sum / static_cast<double>(k - 6), 1e-14) << k;
  }
}

TEST(TailAverage, FromTheStartIsPolyaks) {
  const auto points = noisy_points(50, 3);
  Average whole(polyak(), 3, 50);
  Average from_start(tail(0), 3, 50);
  for (const auto& point : points) {
    const auto a = whole.add(point);
    const auto b = from_start.add(point);
    EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin()));
  }
}

TEST(ExponentialAverage, IsTheWeightedMeanOfAllPoints) {
  const auto points = noisy_points(200, 1);
  for (const double beta : {0.0, 0.5, 0.9, 0.999}) {
    Average average(ema(beta), 1, 200);
    for (std::size_t k = 1; k <= points.size(); ++k) {
      const double found = average.add(points[k - 1])[0];
      double sum = 0;
      double weights = 0;
      for (std::size_t i = 1; i <= k; ++i) {
        const double weight = std::pow(beta, static_cast<double>(k - i));
        sum += weight * points[i - 1][0];
        weights += weight;
      }
      // 1 - beta^k loses as many digits as beta lies near 1.
      EXPECT_NEAR(found, sum / weights, 1e-14 / (1 - beta) + 1e-14) << beta << " " << k;
    }
  }
}

TEST(ExponentialAverage, OfAConstantIsTheConstantFromTheFirstPointOn) {
  Average average(ema(0.99), 1, 100);
  const std::vector<double> c{2.5};
  for (int k = 0; k < 100; ++k) EXPECT_NEAR(average.add(c)[0], 2.5, 1e-13);
}

TEST(Averages, ForgetTheIteratesOfAnEarlierObjective) {
  for (const AverageSpec& spec : {polyak(), tail(0.5), ema(0.9)}) {
    Average average(spec, 1, 8);
    const std::vector<double> before{1000}, after{1};
    for (int k = 0; k < 6; ++k) (void)average.add(before);
    average.restart();
    EXPECT_NEAR(average.add(after)[0], 1, 1e-15) << spec.name;
  }
}

TEST(Averages, OfNoneIsThePointItself) {
  Average average({}, 2, 10);
  const std::vector<double> x{1, 2};
  EXPECT_FALSE(average.is_on());
  EXPECT_EQ(average.add(x).data(), x.data());
}

// Stochastic gradient descent on h x^2 / 2 with gradients h x + s xi: the error of the mean of k
// iterates is that of the best estimate from k samples, whatever the step size. Polyak and
// Juditsky, Theorem 1: k E|xbar_k - x*|^2 -> s^2 / h^2. With h = 1 that is the s^2 of the samples'
// mean.
TEST(PolyakAverage, OfStochasticGradientDescentHasTheVarianceOfTheBestEstimateAtEveryStepSize) {
  constexpr int kRuns = 2000;
  constexpr int kSteps = 2000;
  constexpr double kS = 1.5;
  for (const double rate : {0.1, 0.5}) {
    std::mt19937_64 random(11);
    std::normal_distribution<double> noise(0, kS);
    double last = 0;
    double mean = 0;
    for (int run = 0; run < kRuns; ++run) {
      Average average(polyak(), 1, kSteps);
      double x = 0;
      double judged = 0;
      for (int k = 1; k <= kSteps; ++k) {
        x -= rate * (x + noise(random));
        judged = average.add({&x, 1})[0];
      }
      last += x * x / kRuns;
      mean += judged * judged / kRuns;
    }
    // The mean of 2000 squares of normal numbers has a relative deviation of sqrt(2 / 2000) = 3 %,
    // and the start costs a share of about 1 / (rate k): four deviations and that.
    EXPECT_NEAR(kSteps * mean / (kS * kS), 1, 0.13 + 2 / (rate * kSteps)) << rate;
    // The last iterate's own is rate s^2 / (2 - rate): it does not fall with k.
    EXPECT_NEAR(last / (rate * kS * kS / (2 - rate)), 1, 0.13) << rate;
  }
}

// With the step 1/k on h = 1 the iterate itself is the mean of the samples: averaging has nothing
// to add at the end, and a schedule and an average are two ways to one result.
TEST(PolyakAverage, StandsInForAStepOfOneOverK) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> sample(5, 1);
  const ScheduleSpec spec{
      {"time_inverse",
       {{"eta", {1}}, {"per", {0}}, {"warmup", {0}}, {"warmup_from", {0}}, {"warmup_shape", {0}}}}};
  Schedule schedule(spec);
  double by_schedule = 0;
  Average average(polyak(), 1, 1000);
  double judged = 0;
  for (std::uint64_t k = 1; k <= 1000; ++k) {
    const double z = sample(random);
    by_schedule -= schedule.multiplier(k - 1, 0) * (by_schedule - z);  // 1 / k
    double x = 100;
    x -= 1.0 * (x - z);  // the constant step 1 goes to the sample itself
    judged = average.add({&x, 1})[0];
  }
  EXPECT_NEAR(by_schedule, judged, 1e-12);
}

}  // namespace
