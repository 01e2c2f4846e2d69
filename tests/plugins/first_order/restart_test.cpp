// Nesterov's method with restarts (O'Donoghue and Candes 2015) and with the ramp of Sutskever et
// al. 2013.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Objective;
using ravine::test::Settings;

enum : int { kLookahead, kTorch, kLiteral, kGrowing };
enum : int { kNever, kFunction, kGradient };

constexpr double kKappa = 1000;

ravine::test::Objective conditioned() {
  return ravine::test::diagonal_quadratic({1, 3, 10, 30, 100, 300, kKappa});
}

/// Steps until f is below `share` of what it was, 2000 at most.
int steps_until(double share, const Settings& settings) {
  Host host("nesterov", conditioned(), settings);
  const double enough = share * host.f();
  int k = 0;
  for (; k < 2000 && host.f() > enough; ++k) host.steps(1);
  return k;
}

TEST(Restart, GivesALinearRateWithoutMuBeingKnown) {
  // The method that knows mu takes 117 steps for each 1e-3 (its rate is (1 - 1/sqrt(kappa))^2 a
  // step), so 234 for 1e-6; one that does not know it and never restarts needs 226 for the first
  // 1e-6 and has not come to 1e-12 after 2000. The same counts from the recurrence in NumPy: 155,
  // 357, 561 for restarts by the function, 155, 355, 530 by the gradient.
  const double root = std::sqrt(kKappa);
  const Settings knows_mu{{"learning_rate", 1 / kKappa}, {"beta", (root - 1) / (root + 1)}};
  const int best = steps_until(1e-18, knows_mu) - steps_until(1e-12, knows_mu);
  EXPECT_NEAR(best, 6 * std::log(10) / (-2 * std::log(1 - 1 / root)), 20);
  Settings growing{{"learning_rate", 1 / kKappa}, {"form", kGrowing}};
  EXPECT_EQ(steps_until(1e-12, growing), 2000);
  for (const auto& [restart, counts] : {std::pair{kFunction, std::array{155, 357, 561}},
                                        std::pair{kGradient, std::array{155, 355, 530}}}) {
    growing["restart"] = restart;
    const int first = steps_until(1e-6, growing);
    const int second = steps_until(1e-12, growing);
    const int third = steps_until(1e-18, growing);
    // f decides at values that differ by roundings in NumPy: a step or two.
    EXPECT_NEAR(first, counts[0], 2);
    EXPECT_NEAR(second, counts[1], 2);
    EXPECT_NEAR(third, counts[2], 2);
    EXPECT_LT(third - second, 1.1 * best) << "as fast as if mu were known";
    EXPECT_LT(third - second, 1.2 * (second - first)) << "and it stays so";
  }
}

TEST(Restart, ByTheFunctionFollowsEachRiseWithAStepOfGradientDescent) {
  for (const int form : {kLookahead, kLiteral, kGrowing}) {
    const double alpha = form == kLiteral ? 0.6 / kKappa : 1 / kKappa;
    Host host("nesterov", conditioned(),
              {{"learning_rate", alpha}, {"beta", 0.99}, {"form", form}, {"restart", kFunction}});
    int rises = 0;
    double before = host.f();
    for (int k = 0; k < 400; ++k) {
      host.steps(1);
      const double here = host.f();
      if (here > before) {
        ++rises;
        const std::vector<double> x = host.x;
        std::vector<double> g(x.size());
        host.oracle.objective.f(x, g);
        host.steps(1);
        // One rounding of x - alpha g, which the forms add up in different ways.
        for (std::size_t i = 0; i < x.size(); ++i)
          EXPECT_NEAR(host.x[i], x[i] - alpha * g[i], 1e-15 * std::fabs(x[i])) << form;
        before = host.f();
        EXPECT_LE(before, here);
      } else {
        before = here;
      }
    }
    EXPECT_GE(rises, 3) << form;
  }
}

TEST(Restart, ChangesNothingWhereTheMethodNeverTurns) {
  // One eigenvalue and a rate so small that the eigenvalues of the recurrence are real: x falls to
  // 0 from one side, f falls at each step, and every step goes downhill.
  for (const int form : {kLookahead, kTorch, kLiteral})
    for (const int restart : {kFunction, kGradient}) {
      const Settings plain{{"learning_rate", 1e-3}, {"beta", 0.5}, {"form", form}};
      Settings restarted = plain;
      restarted["restart"] = restart;
      Host a("nesterov", ravine::test::parabola(1), plain);
      Host b("nesterov", ravine::test::parabola(1), restarted);
      a.steps(500);
      b.steps(500);
      EXPECT_EQ(a.x, b.x) << form << " " << restart;
    }
}

TEST(Restart, ByTheGradientKeepsTheFormsOneMethod) {
  // The torch form's x is the next point at which the look-ahead form asks for its gradient, at a
  // restart too. Some roundings of x = 1 a step, 200 steps.
  const auto settings = [](int form, int restart) {
    return Settings{
        {"learning_rate", 1 / kKappa}, {"beta", 0.98}, {"form", form}, {"restart", restart}};
  };
  Host ahead("nesterov", conditioned(), settings(kLookahead, kGradient));
  Host at("nesterov", conditioned(), settings(kTorch, kGradient));
  Host never("nesterov", conditioned(), settings(kLookahead, kNever));
  for (int k = 0; k < 200; ++k) {
    const std::vector<double> y = at.x;
    ahead.steps(1);
    at.steps(1);
    for (std::size_t i = 0; i < y.size(); ++i)
      ASSERT_NEAR(ahead.oracle.points.back()[i], y[i], 1e-12) << "step " << k;
  }
  never.steps(200);
  EXPECT_LT(ahead.f(), 1e-2 * never.f()) << "there were restarts";
}

TEST(MomentumRamp, HasThePapersValues) {
  // On f = x the gradient is 1 and v_t = mu_t v_{t-1} - 1, so two steps tell mu_t. x comes to some
  // 1e4 and is rounded at 1e-12 there; v is about 10.
  for (const double most : {0.8, 0.9, 0.99}) {
    Host host("nesterov", ravine::test::slope(1),
              {{"learning_rate", 1}, {"beta", most}, {"ramp", 1}});
    double before = host.x[0], v = 0;
    for (int t = 1; t <= 3000; ++t) {
      host.steps(1);
      const double next = host.x[0] - before;
      before = host.x[0];
      if (t > 1) {
        const double mu = std::min(1 - std::exp2(-1 - std::log2(std::floor(t / 250) + 1)), most);
        ASSERT_NEAR((next + 1) / v, mu, 1e-10) << "t = " << t;
      }
      v = next;
    }
  }
}

TEST(MomentumRamp, EndsWithLessWhereAskedTo) {
  Objective planned = ravine::test::slope(1);
  planned.horizon = 3000;
  for (const char* plugin : {"nesterov", "heavy_ball"}) {
    Host host(plugin, planned,
              {{"learning_rate", 1}, {"beta", 0.99}, {"ramp", 1}, {"ramp_last", 1000}});
    std::vector<double> x{host.x[0]};
    for (int t = 1; t <= 3000; ++t) {
      host.steps(1);
      x.push_back(host.x[0]);
    }
    const auto momentum = [&](std::size_t t) {  // of step t, as above
      return (x[t] - x[t - 1] + 1) / (x[t - 1] - x[t - 2]);
    };
    EXPECT_NEAR(momentum(2000), 1 - 0.5 / 9, 1e-10) << plugin;
    for (const std::size_t t : {2001U, 2500U, 3000U})
      EXPECT_NEAR(momentum(t), 0.9, 1e-10) << plugin << " t = " << t;
  }
  EXPECT_THROW(Host("nesterov", ravine::test::slope(1), {{"ramp", 1}, {"ramp_last", 1000}}),
               std::runtime_error)
      << "no end is planned";
}

TEST(MomentumRamp, IsAConstantMomentumOfOneHalfForItsFirst249Steps) {
  for (const int form : {kLookahead, kTorch, kLiteral}) {
    Host ramp("nesterov", ravine::test::rosenbrock(),
              {{"learning_rate", 1e-3}, {"beta", 0.95}, {"form", form}, {"ramp", 1}});
    Host half("nesterov", ravine::test::rosenbrock(),
              {{"learning_rate", 1e-3}, {"beta", 0.5}, {"form", form}});
    ramp.steps(249);
    half.steps(249);
    EXPECT_EQ(ramp.x, half.x) << form;
    ramp.steps(1);
    half.steps(1);
    EXPECT_NE(ramp.x, half.x) << form;
  }
}

}  // namespace
