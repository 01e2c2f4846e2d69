// Stochastic gradient descent on the shifted quadric: f = 1/2 sum lambda_j (x_j - w_j)^2 with w
// drawn anew at each step.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "tests/plugins/first_order/support.hpp"
#include "tests/plugins/random.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Objective;

/// w is the mean of `batch` standard normal samples per coordinate; step k has its own.
Objective shifted_quadric(const std::vector<double>& lambda, std::uint64_t batch) {
  const auto draws = std::make_shared<std::uint64_t>(0);
  return {std::vector<double>(lambda.size()),
          [lambda, batch, draws](std::span<const double> x, std::span<double> g) {
            const ravine::test::RandomStream stream("samples");
            double sum = 0;
            for (std::size_t j = 0; j < g.size(); ++j) {
              double w = 0;
              for (std::uint64_t i = 0; i < batch; ++i) w += stream.normal((*draws)++);
              g[j] = lambda[j] * (x[j] - w / static_cast<double>(batch));
              sum += g[j] * g[j] / lambda[j] / 2;
            }
            return sum;
          }};
}

TEST(StochasticGradientDescent, HasTheStationaryVarianceOfItsRate) {
  // alpha lambda s^2 / ((2 - alpha lambda) M) with s = 1. Of 3e5 steps about 3e5 alpha lambda are
  // independent: a relative standard error of sqrt(2 / 4.5e4) = 0.7 % at most, and the bound four.
  const std::vector<double> lambda{0.5, 2};
  for (const std::uint64_t batch : {1U, 4U}) {
    Host host("gradient_descent", shifted_quadric(lambda, batch), {{"learning_rate", 0.3}});
    host.steps(1000);
    std::vector<double> squares(2);
    constexpr int kSteps = 300000;
    for (int k = 0; k < kSteps; ++k) {
      host.steps(1);
      for (std::size_t j = 0; j < 2; ++j) squares[j] += host.x[j] * host.x[j] / kSteps;
    }
    for (std::size_t j = 0; j < 2; ++j) {
      const double al = 0.3 * lambda[j];
      const double expected =
          al / (2 - al) / static_cast<double>(batch);  // 0.0811, 0.4286 for M = 1
      EXPECT_NEAR(squares[j], expected, 0.028 * expected) << "batches of " << batch;
    }
  }
}

TEST(StochasticGradientDescent, WithRateOneOverKIsTheRunningMean) {
  Host host("gradient_descent", shifted_quadric({1}, 1), {{"learning_rate", 1}});
  const ravine::test::RandomStream stream("samples");
  double sum = 0;
  for (std::uint64_t k = 1; k <= 1000; ++k) {
    ASSERT_EQ(host.step(1 / static_cast<double>(k)), RAVINE_OK);
    sum += stream.normal(k - 1);
    ASSERT_NEAR(host.x[0], sum / static_cast<double>(k), 1e-14) << k;
  }
}

}  // namespace
