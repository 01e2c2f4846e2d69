// The heavy ball against its theory: the rate of its two-by-two matrix, and how its forms relate.
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Settings;

enum : int { kHeavyBall, kVelocityRate, kEma, kEmaCorrected, kTorchDampened, kFrictionless };

Settings with(double alpha, double beta, double form = kHeavyBall) {
  return {{"learning_rate", alpha}, {"beta", beta}, {"form", form}};
}

TEST(HeavyBall, HasTheRateOfItsMatrixOnAGridOfAlphaAndBeta) {
  // [[beta, -lambda], [alpha beta, 1 - alpha lambda]]: trace T, determinant beta.
  int real = 0, complex = 0;
  for (const double lambda : {1.0, 7.0})
    for (const double alpha_lambda : {0.03, 0.3, 0.7, 1.3, 1.9, 2.6, 3.1, 3.7})
      for (const double beta : {0.1, 0.3, 0.5, 0.8, 0.95}) {
        const double T = 1 + beta - alpha_lambda;
        const double discriminant = T * T / 4 - beta;
        const double root = std::sqrt(std::fabs(discriminant));
        const double rate = discriminant < 0 ? std::sqrt(beta) : std::fabs(T) / 2 + root;
        if (discriminant > 0 && std::fabs(T) / 2 - root > 0.7 * rate) continue;  // 0.7^100 = 3e-16
        Host host("heavy_ball", ravine::test::parabola(lambda), with(alpha_lambda / lambda, beta));
        const auto x = ravine::test::path(host, 101);
        EXPECT_NEAR(ravine::test::measured_rate(x, discriminant < 0), rate, 1e-10)
            << "alpha lambda = " << alpha_lambda << ", beta = " << beta;
        ++(discriminant < 0 ? complex : real);
      }
  EXPECT_GT(real, 10);
  EXPECT_GT(complex, 10);
}

TEST(HeavyBall, RampsItsMomentumInLevelsOf250Steps) {
  // By hand on f = x^2 / 2: beta is 1/2 up to step 249, 3/4 from 250, 5/6 from 500 to the limit
  // 0.8.
  constexpr double alpha = 1e-3;
  for (const int form : {kHeavyBall, kVelocityRate}) {
    Settings settings = with(alpha, 0.8, form);
    settings["ramp"] = 1;
    Host host("heavy_ball", ravine::test::parabola(1), settings);
    const auto x = ravine::test::path(host, 600);
    double at = x[0], v = 0;
    for (std::size_t t = 1; t <= 600; ++t) {
      const double beta = t < 250 ? 0.5 : t < 500 ? 0.75 : 0.8;
      v = beta * v + (form == kHeavyBall ? at : alpha * at);
      at -= form == kHeavyBall ? alpha * v : v;
      ASSERT_EQ(x[t], at) << t;
    }
  }
  EXPECT_THROW(
      Host("heavy_ball", ravine::test::parabola(1), {{"form", kEmaCorrected}, {"ramp", 1}}),
      std::runtime_error);
}

// alpha* = (2 / (sqrt(L) + sqrt(mu)))^2 and beta* = ((sqrt(kappa) - 1) / (sqrt(kappa) + 1))^2 for
// mu = 1, L = kappa = 100.
constexpr double kBestAlpha = 4.0 / 121, kBestBeta = 81.0 / 121;

TEST(HeavyBall, ReachesSqrtKappaMinusOneOverSqrtKappaPlusOneAtItsBestConstants) {
  for (const double lambda : {1.0, 12.0, 50.0, 100.0}) {
    Host host("heavy_ball", ravine::test::parabola(lambda), with(kBestAlpha, kBestBeta));
    const auto x = ravine::test::path(host, 50);
    // A double eigenvalue at both ends, and roundings of x_0 = 1 over x_50^2 = 2e-9 of it between.
    EXPECT_NEAR(ravine::test::measured_rate(x, true), 9.0 / 11, 1e-6) << lambda;
  }
}

TEST(HeavyBall, OvershootsAtItsBestConstantsBeforeItConverges) {
  // The defective eigenvalue: the error is about k rho^k, so that it shrinks more slowly than by
  // rho = 0.8182 even here, and in the mode of L first grows. The same from the recurrence in
  // NumPy.
  Host host("heavy_ball", ravine::test::diagonal_quadratic({1, 100}), with(kBestAlpha, kBestBeta));
  const double start = ravine::test::length(host.x);
  double largest = 0, at_300 = 0;
  for (int k = 1; k <= 399; ++k) {
    host.steps(1);
    const double now = ravine::test::length(host.x) / start;
    largest = std::max(largest, std::fabs(host.x[1]));
    if (k == 300) at_300 = now;
  }
  EXPECT_NEAR(std::pow(ravine::test::length(host.x) / start / at_300, 1.0 / 99), 0.8205, 1e-4);
  EXPECT_NEAR(largest, 3.7072, 1e-4);
}

TEST(HeavyBall, IsFastestAtItsBestConstants) {
  const auto after_400 = [](double alpha, double beta) {
    Host host("heavy_ball", ravine::test::diagonal_quadratic({1, 100}), with(alpha, beta));
    host.steps(400);
    return ravine::test::length(host.x);
  };
  const double best = after_400(kBestAlpha, kBestBeta);
  for (const double factor : {0.95, 1.05}) {
    EXPECT_GT(after_400(kBestAlpha * factor, kBestBeta), best);
    EXPECT_GT(after_400(kBestAlpha, kBestBeta * factor), best);
  }
}

TEST(HeavyBall, CyclesForeverOnLessardRechtAndPackardsFunction) {
  // f' = 25 x (x < 1), x + 24 (x < 2), 25 x - 24: strongly convex with mu = 1, L = 25, whose best
  // constants for quadratics are these (SIAM J. Optim. 26, 2016).
  const ravine::test::Objective f{{3.3}, [](std::span<const double> at, std::span<double> g) {
                                    const double x = at[0];
                                    if (!g.empty())
                                      g[0] = x < 1 ? 25 * x : (x < 2 ? x + 24 : 25 * x - 24);
                                    if (x < 1) return 12.5 * x * x;
                                    if (x < 2) return x * x / 2 + 24 * x - 12;
                                    return 12.5 * x * x - 24 * x + 36;
                                  }};
  Host ball("heavy_ball", f, with(1.0 / 9, 4.0 / 9));
  ball.steps(3000);
  const auto x = ravine::test::path(ball, 3);
  EXPECT_NEAR(x[3], x[0], 1e-12);
  std::vector<double> cycle{x[0], x[1], x[2]};
  std::sort(cycle.begin(), cycle.end());
  EXPECT_NEAR(cycle[0], -1.802449, 1e-6);
  EXPECT_NEAR(cycle[1], 0.646531, 1e-6);
  EXPECT_NEAR(cycle[2], 2.115918, 1e-6);

  // The cycle's basin ends: from 3.0 and 3.5 it converges. The others always do.
  for (const double start : {3.0, 3.5}) {
    auto elsewhere = f;
    elsewhere.start = {start};
    Host converging("heavy_ball", elsewhere, with(1.0 / 9, 4.0 / 9));
    converging.steps(300);
    EXPECT_LT(std::fabs(converging.x[0]), 1e-12) << start;
  }
  for (const double start : {3.0, 3.1, 3.3, 3.45, 3.5, -7.0, 100.0}) {
    auto elsewhere = f;
    elsewhere.start = {start};
    Host plain("gradient_descent", elsewhere, {{"learning_rate", 2.0 / 26}});
    Host ahead("nesterov", elsewhere, {{"learning_rate", 1.0 / 25}, {"beta", 4.0 / 6}});
    plain.steps(1000);
    ahead.steps(1000);
    EXPECT_LT(std::fabs(plain.x[0]), 1e-12) << start;
    EXPECT_LT(std::fabs(ahead.x[0]), 1e-12) << start;
  }
}

TEST(HeavyBall, OfBothLecturesIsTheSameBitForBit) {
  // 003: g_t <- beta g_{t-1} + grad f; x <- x - eta g_t. 002: v <- beta v - g; x <- x + alpha v.
  const auto f = ravine::test::rosenbrock();
  Host host("heavy_ball", f, with(5e-4, 0.9));
  std::vector<double> x = f.start, g(2), v(2);
  for (int k = 0; k < 200; ++k) {
    f.f(x, g);
    for (std::size_t i = 0; i < 2; ++i) {
      v[i] = 0.9 * v[i] - g[i];
      x[i] += 5e-4 * v[i];
    }
    host.steps(1);
    ASSERT_EQ(host.x, x) << "after " << k + 1;
  }
}

TEST(HeavyBall, IsPolyaksTwoTermRecurrence) {
  // x_{k+1} = x_k - alpha g + beta (x_k - x_{k-1}) from x_{-1} = x_0: some roundings a step.
  const auto f = ravine::test::rosenbrock();
  Host host("heavy_ball", f, with(5e-4, 0.9));
  std::vector<double> x = f.start, before = x, g(2);
  for (int k = 0; k < 200; ++k) {
    f.f(x, g);
    for (std::size_t i = 0; i < 2; ++i) {
      const double next = x[i] - 5e-4 * g[i] + 0.9 * (x[i] - before[i]);
      before[i] = x[i];
      x[i] = next;
    }
    host.steps(1);
    ASSERT_LT(ravine::test::distance(host.x, x), 1e-11);
  }
}

}  // namespace
