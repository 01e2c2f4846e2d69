// Momentum and Nesterov against each other and gradient descent.
#include <gtest/gtest.h>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;

TEST(HeavyBall, WithoutMomentumIsGradientDescent) {
  for (const char* plugin : {"heavy_ball", "nesterov"}) {
    SCOPED_TRACE(plugin);
    Host momentum(plugin, ravine::test::rosenbrock(), {{"learning_rate", 1e-3}, {"beta", 0}});
    Host plain("gradient_descent", ravine::test::rosenbrock(), {{"learning_rate", 1e-3}});
    momentum.steps(50);
    plain.steps(50);
    EXPECT_EQ(momentum.x, plain.x);
  }
}

TEST(Nesterov, FormsAreOneMethodJudgedAtTwoPoints) {
  // The torch form's x_k is the look-ahead form's x_k + alpha beta v_k, and alpha v_k is
  // x_k - x_{k-1}: some roundings of x = 1 a step, 100 steps.
  const ravine::test::Settings rates{{"learning_rate", 5e-4}, {"beta", 0.9}};
  ravine::test::Settings torch = rates;
  torch["form"] = 1;
  Host ahead("nesterov", ravine::test::rosenbrock(), rates);
  Host at("nesterov", ravine::test::rosenbrock(), torch);
  for (int k = 0; k < 100; ++k) {
    const std::vector<double> before = ahead.x;
    ahead.steps(1);
    at.steps(1);
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_NEAR(at.x[i], ahead.x[i] + 0.9 * (ahead.x[i] - before[i]), 1e-12);
  }
}

}  // namespace
