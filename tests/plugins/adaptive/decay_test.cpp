// Decoupled and coupled weight decay in Adam's family.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/adaptive/streams.hpp"

namespace {

using namespace ravine::test;  // NOLINT(google-build-using-namespace): a test of one room

TEST(DecoupledDecay, WithoutGradientShrinksXByTheSameFactorEachStep) {
  for (const char* plugin : {"adamw", "nadamw"}) {
    Host host(plugin, constant(0, 3), {{"learning_rate", 0.01}, {"weight_decay", 0.1}});
    double x = 3;
    for (int t = 0; t < 100; ++t) {
      host.steps(1);
      x = (1 - 0.01 * 0.1) * x;
      ASSERT_EQ(host.x[0], x) << plugin << " after " << t;
    }
  }
}

TEST(DecoupledDecay, FollowsTheScheduleAndOnlyTorchsTheRate) {
  for (const char* plugin : {"adamw", "nadamw"}) {
    const Settings settings{{"learning_rate", 0.01}, {"weight_decay", 0.1}};
    Settings paper = settings;
    paper["decay_form"] = 1;
    Host with_rate(plugin, constant(0, 1), settings);
    Host with_schedule(plugin, constant(0, 1), paper);
    ASSERT_EQ(with_rate.step(0.5), RAVINE_OK);
    ASSERT_EQ(with_schedule.step(0.5), RAVINE_OK);
    EXPECT_EQ(with_rate.x[0], 1 - 0.5 * 0.01 * 0.1) << plugin;
    EXPECT_EQ(with_schedule.x[0], 1 - 0.5 * 0.1) << plugin;
  }
}

TEST(DecoupledDecay, OfThePaperIsTorchsTimesTheRate) {
  for (const char* plugin : {"adamw", "nadamw"}) {
    Host torch(plugin, rosenbrock(), {{"learning_rate", 1e-2}, {"weight_decay", 0.1}});
    Host paper(plugin, rosenbrock(),
               {{"learning_rate", 1e-2}, {"weight_decay", 1e-3}, {"decay_form", 1}});
    Host none(plugin, rosenbrock(), {{"learning_rate", 1e-2}, {"weight_decay", 0}});
    for (Host* host : {&torch, &paper, &none}) host->steps(100);
    EXPECT_NEAR(torch.x[0], paper.x[0], 1e-13) << plugin;  // 0.01 * 0.1 rounds
    EXPECT_NEAR(torch.x[1], paper.x[1], 1e-13) << plugin;
    EXPECT_GT(std::fabs(torch.x[0] - none.x[0]), 1e-4) << plugin;
  }
}

TEST(DecoupledDecay, BeforeTheStepIsWithItAndAfterItTakesItsShareOfTheStepToo) {
  // x = 3 and a step u: (1 - s) 3 - u, 3 - (u + s 3), (1 - s) (3 - u), which is s u apart.
  for (const char* plugin : {"adamw", "nadamw", "sgdw"}) {
    const double share = 0.1 * 0.5;
    const auto after_a_step = [&](double decay, double order) {
      Host host(plugin, constant(1, 3),
                {{"learning_rate", 0.1}, {"weight_decay", decay}, {"decay_order", order}});
      host.steps(1);
      return host.x[0];
    };
    const double u = 3 - after_a_step(0, 0);
    EXPECT_GT(u, 0.09) << plugin;
    EXPECT_NEAR(after_a_step(0.5, 0), (1 - share) * 3 - u, 1e-15) << plugin;
    EXPECT_NEAR(after_a_step(0.5, 1), after_a_step(0.5, 0), 1e-15) << plugin;
    EXPECT_NEAR(after_a_step(0.5, 2) - after_a_step(0.5, 0), share * u, 1e-15) << plugin;
    for (const double order : {1.0, 2.0})
      EXPECT_EQ(after_a_step(0, order), after_a_step(0, 0)) << plugin << ": nothing to order";
  }
}

TEST(CoupledDecay, IsTheGradientOfAPenalty) {
  // Of f + lambda/2 |x|^2, whose gradient is added in the same order of operations.
  const auto penalized = [](std::span<const double> x, std::span<double> g) {
    const double f = rosenbrock().f(x, g);
    for (std::size_t i = 0; i < g.size(); ++i) g[i] += 0.5 * x[i];
    return f + (x[0] * x[0] + x[1] * x[1]) / 4;
  };
  Host decayed("adam", rosenbrock(), {{"learning_rate", 1e-2}, {"weight_decay", 0.5}});
  Host plain("adam", {rosenbrock().start, penalized}, {{"learning_rate", 1e-2}});
  for (Host* host : {&decayed, &plain}) host->steps(100);
  EXPECT_EQ(decayed.x, plain.x);
}

TEST(CoupledDecay, IsNormalizedAwayWhereDecoupledDecayIsNot) {
  // Without a gradient of f Adam makes steps of the rate, however small lambda is.
  const Settings settings{{"learning_rate", 0.01}, {"weight_decay", 0.1}};
  Host l2("adam", constant(0, 3), settings);
  Host decoupled("adamw", constant(0, 3), settings);
  for (Host* host : {&l2, &decoupled}) host->steps(1);
  EXPECT_NEAR(l2.x[0], 3 - 0.01, 1e-9);
  EXPECT_NEAR(decoupled.x[0], 3 - 0.01 * 0.1 * 3, 1e-15);
}

TEST(Decay, LeavesExemptBlocksAlone) {
  Objective parts{{2, 2, 2, 2}, [](std::span<const double>, std::span<double> g) {
                    std::fill(g.begin(), g.end(), 0.0);
                    return 0.0;
                  }};
  parts.blocks = {{"w", {2}}, {"b", {1}, RAVINE_BLOCK_BIAS, 1}, {"u", {1}}};
  for (const char* plugin : {"adam", "adamw", "nadamw"}) {
    Host host(plugin, parts, {{"learning_rate", 0.01}, {"weight_decay", 0.1}});
    host.steps(3);
    EXPECT_EQ(host.x[2], 2) << plugin;
    for (const std::size_t i : {0U, 1U, 3U}) EXPECT_LT(host.x[i], 2) << plugin;
    EXPECT_EQ(host.x[0], host.x[3]) << plugin;
  }
}

}  // namespace
