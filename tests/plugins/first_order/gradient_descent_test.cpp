// Gradient descent against its theory: exact factors, bounds, and the flow that it follows.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;

TEST(GradientDescent, ShrinksEachModeByOneMinusAlphaLambda) {
  const std::vector<double> lambda = ravine::test::spread_eigenvalues();
  const double alpha = 0.0123;
  Host host("gradient_descent", ravine::test::diagonal_quadratic(lambda),
            {{"learning_rate", alpha}});
  host.steps(200);
  for (std::size_t i = 0; i < lambda.size(); ++i) {
    const double expected = std::pow(1 - alpha * lambda[i], 200);
    // 200 factors with an error of some ulp of alpha lambda < 1.23 over the factor each.
    const double ulps = 200 * 4e-16 * (1 + 1 / std::fabs(1 - alpha * lambda[i]));
    EXPECT_NEAR(host.x[i], expected, ulps * std::fabs(expected)) << "lambda = " << lambda[i];
  }
}

TEST(GradientDescent, HasTheRateOfItsLargestFactor) {
  // lambda = 1, 100: the smaller factor has died out after 400 steps.
  for (const double alpha : {0.001, 0.005, 0.01, 0.015, 0.019, 0.021}) {
    Host host("gradient_descent", ravine::test::diagonal_quadratic({1, 100}),
              {{"learning_rate", alpha}});
    host.steps(400);
    const double before = ravine::test::length(host.x);
    host.steps(1);
    const double rate = std::max(std::fabs(1 - alpha), std::fabs(1 - 100 * alpha));
    EXPECT_NEAR(ravine::test::length(host.x) / before, rate, 1e-12) << "alpha = " << alpha;
  }
}

TEST(GradientDescent, IsFastestAtTwoOverMuPlusL) {
  const double best = 2.0 / 101;
  const auto after_100 = [](double alpha) {
    Host host("gradient_descent", ravine::test::diagonal_quadratic({1, 100}),
              {{"learning_rate", alpha}});
    host.steps(100);
    return std::max(std::fabs(host.x[0]), std::fabs(host.x[1]));
  };
  // (kappa - 1) / (kappa + 1) at each step, for both modes.
  EXPECT_NEAR(after_100(best), std::pow(99.0 / 101, 100), 1e-12);
  EXPECT_GT(after_100(best * 0.99), after_100(best));
  EXPECT_GT(after_100(best * 1.01), after_100(best));
}

TEST(GradientDescent, MultipliesXSquaredByOneMinusTwoEta) {
  for (const auto& [eta, factor] :
       {std::pair{0.1, 0.8}, std::pair{0.01, 0.98}, std::pair{1.0, -1.0}, std::pair{100.0, -199.0},
        std::pair{1000.0, -1999.0}}) {
    Host host("gradient_descent", ravine::test::parabola(2), {{"learning_rate", eta}});
    host.steps(1);
    EXPECT_DOUBLE_EQ(host.x[0], factor);
    host.steps(1);
    EXPECT_DOUBLE_EQ(host.x[0], factor * factor);
  }
}

TEST(GradientDescent, CyclesExactlyBetweenTwoPointsAtTheLimitOfStability) {
  Host host("gradient_descent", ravine::test::parabola(2), {{"learning_rate", 1}});
  for (int k = 1; k <= 1000; ++k) {
    host.steps(1);
    ASSERT_EQ(host.x[0], k % 2 == 0 ? 1 : -1);
  }
}

TEST(GradientDescent, DivergesWithoutStopping) {
  // 199^134 = 1.11e308 is the last power below the largest double, 1.80e308.
  Host host("gradient_descent", ravine::test::parabola(2), {{"learning_rate", 100}});
  host.steps(134);
  EXPECT_TRUE(std::isfinite(host.x[0]));
  host.steps(1);
  EXPECT_FALSE(std::isfinite(host.x[0]));
}

TEST(GradientDescent, KeepsTheConvexBoundOnTheWorstFunction) {
  const ravine::test::WorstFunction worst{101};
  Host host("gradient_descent", worst.objective(), {{"learning_rate", 1 / worst.L}});
  double largest = 0;
  for (int k = 1; k <= 1000; ++k) {
    host.steps(1);
    const double bound = worst.L * worst.distance2() / (2 * k);
    ASSERT_LE(host.f() - worst.minimum(), bound) << "after " << k;
    largest = std::max(largest, (host.f() - worst.minimum()) / bound);
  }
  EXPECT_GT(largest, 0.1);  // the bound is of the right order here: a method 10 times slower fails
}

TEST(GradientDescent, ShrinksTheGapByOneMinusMuOverL) {
  Host host("gradient_descent",
            ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues()),
            {{"learning_rate", 0.01}});
  double gap = host.f();
  for (int k = 1; k <= 500; ++k) {
    host.steps(1);
    ASSERT_LE(host.f(), gap * 0.99) << "after " << k;
    gap = host.f();
  }
}

TEST(GradientDescent, FollowsTheGradientFlowToFirstOrder) {
  // x(1) = exp(-lambda); the error is alpha lambda^2 exp(-lambda) / 2 + O(alpha^2), whose share is
  // alpha (lambda^2 / 4 + 2 lambda / 3) or so: 0.4 % at most.
  for (const double lambda : {0.5, 1.0, 3.0})
    for (const int steps : {1000, 2000, 4000}) {
      Host host("gradient_descent", ravine::test::parabola(lambda),
                {{"learning_rate", 1.0 / steps}});
      host.steps(steps);
      const double error = std::exp(-lambda) - host.x[0];
      const double expected = lambda * lambda * std::exp(-lambda) / 2 / steps;
      EXPECT_NEAR(error, expected, 0.005 * expected) << lambda << " in " << steps;
    }
}

TEST(WeightDecay, CoupledIsThePenaltyHalfLambdaXSquared) {
  const double lambda = 0.3;
  const auto plain = ravine::test::rosenbrock();
  auto penalized = plain;
  penalized.f = [plain, lambda](std::span<const double> x, std::span<double> g) {
    const double f = plain.f(x, g);
    for (std::size_t i = 0; i < g.size(); ++i) g[i] += lambda * x[i];
    return f + lambda / 2 * (x[0] * x[0] + x[1] * x[1]);
  };
  for (const double form : {-1, 0, 1, 2, 3, 4, 5}) {  // -1: gradient descent
    ravine::test::Settings settings{{"learning_rate", 2e-4}};
    if (form >= 0) settings["form"] = form;
    const char* plugin = form < 0 ? "gradient_descent" : "heavy_ball";
    Host of_the_penalty(plugin, penalized, settings);
    settings["weight_decay"] = lambda;
    Host decayed(plugin, plain, settings);
    of_the_penalty.steps(50);
    decayed.steps(50);
    EXPECT_EQ(decayed.x, of_the_penalty.x) << plugin << " " << form;
  }
}

TEST(WeightDecay, LeavesExemptBlocksAlone) {
  auto objective = ravine::test::nothing({1, 1, 1, 1, 1, 1});
  objective.blocks = {{"w1", {2}}, {"b", {1}, RAVINE_BLOCK_BIAS, 1}, {"w2", {1, 2}}, {"w3", {1}}};
  for (const char* plugin : {"gradient_descent", "heavy_ball", "sgdw"}) {
    Host host(plugin, objective, {{"learning_rate", 0.5}, {"weight_decay", 0.5}});
    host.steps(1);
    EXPECT_EQ(host.x, (std::vector<double>{0.75, 0.75, 1, 0.75, 0.75, 0.75})) << plugin;
  }
}

}  // namespace
