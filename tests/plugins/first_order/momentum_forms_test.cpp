// The forms of the heavy ball against one another.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Settings;

enum : int { kHeavyBall, kVelocityRate, kEma, kEmaCorrected, kTorchDampened, kFrictionless };

Settings with(double alpha, double beta, double form = kHeavyBall) {
  return {{"learning_rate", alpha}, {"beta", beta}, {"form", form}};
}

TEST(MomentumForms, WithoutMomentumAreGradientDescentBitForBit) {
  for (const int form : {kHeavyBall, kVelocityRate, kEma, kEmaCorrected, kTorchDampened}) {
    Host momentum("heavy_ball", ravine::test::rosenbrock(), with(1e-3, 0, form));
    Host plain("gradient_descent", ravine::test::rosenbrock(), {{"learning_rate", 1e-3}});
    momentum.steps(50);
    plain.steps(50);
    EXPECT_EQ(momentum.x, plain.x) << "form " << form;
  }
}

TEST(MomentumForms, AverageIsTheHeavyBallWithOneMinusBetaOfItsRate) {
  Host ema("heavy_ball", ravine::test::rosenbrock(), with(5e-3, 0.9, kEma));
  Host ball("heavy_ball", ravine::test::rosenbrock(), with(5e-4, 0.9));
  for (int k = 0; k < 200; ++k) {
    ema.steps(1);
    ball.steps(1);
    ASSERT_LT(ravine::test::distance(ema.x, ball.x), 1e-11) << "after " << k + 1;
  }
}

TEST(MomentumForms, GoAsFarAsTheirSumsOfAConstantGradient) {
  // Gradient 2, alpha = 0.1, beta = 0.9: step t is alpha v_t with
  const auto expected = [](int form, int t) {
    const double left = 1 - std::pow(0.9, t);
    switch (form) {
      case kHeavyBall:
      case kVelocityRate:
        return 0.1 * 2 * left / 0.1;
      case kEma:
        return 0.1 * 2 * left;
      case kFrictionless:
        return 0.1 * 2 * t;
      default:  // corrected for the start, or started at the first gradient: always alpha g
        return 0.1 * 2;
    }
  };
  for (int form = kHeavyBall; form <= kFrictionless; ++form) {
    Host host("heavy_ball", ravine::test::slope(2), with(0.1, 0.9, form));
    const auto x = ravine::test::path(host, 100);
    for (std::size_t t = 1; t < x.size(); ++t)
      EXPECT_NEAR(x[t - 1] - x[t], expected(form, static_cast<int>(t)), 1e-12 * (1 - x[t]))
          << "form " << form << ", step " << t;
  }
}

TEST(MomentumForms, DifferInWhatAChangedRateReaches) {
  // Gradient 1, beta = 0.5, rates 1 and then 0.1: outside of v the second step is 0.1 (1 + 0.5);
  // inside the old gradient keeps its rate, 0.1 + 0.5.
  Host outside("heavy_ball", ravine::test::slope(1), with(1, 0.5, kHeavyBall));
  Host inside("heavy_ball", ravine::test::slope(1), with(1, 0.5, kVelocityRate));
  for (Host* host : {&outside, &inside}) {
    ASSERT_EQ(host->step(1), RAVINE_OK);
    EXPECT_EQ(host->x[0], -1);
    ASSERT_EQ(host->step(0.1), RAVINE_OK);
  }
  EXPECT_DOUBLE_EQ(outside.x[0], -1.15);
  EXPECT_DOUBLE_EQ(inside.x[0], -1.6);
}

TEST(MomentumForms, RateInsideIsTheSameMethodAtAConstantRate) {
  Host outside("heavy_ball", ravine::test::rosenbrock(), with(5e-4, 0.9, kHeavyBall));
  Host inside("heavy_ball", ravine::test::rosenbrock(), with(5e-4, 0.9, kVelocityRate));
  outside.steps(200);
  inside.steps(200);
  EXPECT_LT(ravine::test::distance(outside.x, inside.x), 1e-11);
}

TEST(MomentumForms, WithoutFrictionConserveEnergy) {
  // u <- u - lambda x, x <- x + alpha u leaves lambda x^2 + alpha u^2 - alpha lambda u x as it is
  // (symplectic Euler) for alpha lambda < 4; u is (x_k - x_{k-1}) / alpha. Of roundings no more
  // than some per step remain: 1e5 x 1e-16, over 1 - alpha lambda / 4 where the form is nearly
  // singular.
  for (const double alpha : {0.1, 1.0, 2.0, 3.9}) {
    Host host("heavy_ball", ravine::test::parabola(1), with(alpha, 0.9, kFrictionless));
    double before = host.x[0], largest = 0;
    const double energy = before * before;
    for (int k = 0; k < 100000; ++k) {
      host.steps(1);
      const double u = (host.x[0] - before) / alpha;
      before = host.x[0];
      ASSERT_NEAR(before * before + alpha * u * u - alpha * u * before, energy, 1e-8)
          << "alpha = " << alpha << ", step " << k;
      if (k >= 99000) largest = std::max(largest, std::fabs(before));
    }
    EXPECT_GT(largest, 0.9) << "alpha = " << alpha;  // it never converges
  }
  Host unstable("heavy_ball", ravine::test::parabola(1), with(4.1, 0.9, kFrictionless));
  unstable.steps(200);
  EXPECT_GT(std::fabs(unstable.x[0]), 1e6);
}

TEST(MomentumForms, WithoutFrictionButWithPowersOfBetaIsTheHeavyBall) {
  // u <- u - b^-t g, x <- x + alpha b^t u: the powers enter through the gradient and the schedule.
  const double beta = 0.9;
  auto weighted = ravine::test::rosenbrock();
  const auto t = std::make_shared<int>(0);
  weighted.f = [f = weighted.f, t, beta](std::span<const double> x, std::span<double> g) {
    const double value = f(x, g);
    for (double& v : g) v *= std::pow(beta, -*t);
    return value;
  };
  Host host("heavy_ball", weighted, with(5e-4, 0.5, kFrictionless));
  Host ball("heavy_ball", ravine::test::rosenbrock(), with(5e-4, beta));
  for (*t = 1; *t <= 200; ++*t) {
    ASSERT_EQ(host.step(std::pow(beta, *t)), RAVINE_OK);
    ball.steps(1);
    ASSERT_LT(ravine::test::distance(host.x, ball.x), 1e-11) << "after " << *t;
  }
}

}  // namespace
