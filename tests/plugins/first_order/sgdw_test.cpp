// Decoupled weight decay.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;

enum : int { kWithRate, kWithSchedule };

TEST(Sgdw, ShrinksXGeometricallyWithoutAGradient) {
  for (const auto& [form, share] :
       {std::pair{kWithRate, 0.1 * 0.2}, std::pair{kWithSchedule, 0.2}}) {
    Host host("sgdw", ravine::test::nothing({3, -2}),
              {{"learning_rate", 0.1}, {"weight_decay", 0.2}, {"decay_form", form}});
    host.steps(100);
    const double left = std::pow(1 - share, 100);
    EXPECT_NEAR(host.x[0], 3 * left, 1e-13 * 3 * left) << form;
    EXPECT_NEAR(host.x[1], -2 * left, 1e-13 * 2 * left) << form;
  }
}

TEST(Sgdw, LambdaOfThePaperIsAlphaTimesLambdaOfTorch) {
  // lambda = 1e-3 with the schedule alone is 0.1 with alpha = 1e-2 as well.
  Host paper("sgdw", ravine::test::small_net(),
             {{"learning_rate", 1e-2}, {"weight_decay", 1e-3}, {"decay_form", kWithSchedule}});
  Host torch("sgdw", ravine::test::small_net(),
             {{"learning_rate", 1e-2}, {"weight_decay", 0.1}, {"decay_form", kWithRate}});
  const auto start = paper.x;
  for (int k = 0; k < 200; ++k) {
    const double multiplier = 1 / (1 + 0.1 * k);  // the schedule scales both
    ASSERT_EQ(paper.step(multiplier), RAVINE_OK);
    ASSERT_EQ(torch.step(multiplier), RAVINE_OK);
    ASSERT_LT(ravine::test::distance(paper.x, torch.x), 1e-12);
  }
  EXPECT_GT(ravine::test::distance(paper.x, start), 0.1);
}

TEST(Sgdw, WithoutDecayIsMomentumWithTheRateInside) {
  for (const double beta : {0.0, 0.9}) {
    Host host("sgdw", ravine::test::rosenbrock(),
              {{"learning_rate", 5e-4}, {"beta", beta}, {"weight_decay", 0}});
    Host ball("heavy_ball", ravine::test::rosenbrock(),
              {{"learning_rate", 5e-4}, {"beta", beta}, {"form", 1}});
    for (int k = 0; k < 100; ++k) {
      ASSERT_EQ(host.step(1 / (1 + 0.1 * k)), RAVINE_OK);
      ASSERT_EQ(ball.step(1 / (1 + 0.1 * k)), RAVINE_OK);
      ASSERT_EQ(host.x, ball.x);
    }
  }
}

TEST(Sgdw, IsNotTheCoupledPenalty) {
  // The momentum sums the penalty's gradient but not the decay. On f = 0 from 1, alpha = 0.1,
  // beta = 0.5, lambda = 1: coupled 0.9, then v = 0.5 + 0.9, 0.9 - 0.14; decoupled 0.9^2.
  Host decoupled("sgdw", ravine::test::nothing({1}),
                 {{"learning_rate", 0.1}, {"beta", 0.5}, {"weight_decay", 1}});
  Host coupled("heavy_ball", ravine::test::nothing({1}),
               {{"learning_rate", 0.1}, {"beta", 0.5}, {"weight_decay", 1}});
  decoupled.steps(2);
  coupled.steps(2);
  EXPECT_NEAR(decoupled.x[0], 0.81, 1e-15);
  EXPECT_NEAR(coupled.x[0], 0.76, 1e-15);
}

}  // namespace
