// Nesterov's method with constant momentum against its theory, and its forms against one another.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Settings;

enum : int { kLookahead, kTorch, kLiteral, kGrowing, kGrowingAhead };

Settings with(double alpha, double beta, double form = kLookahead) {
  return {{"learning_rate", alpha}, {"beta", beta}, {"form", form}};
}

TEST(Nesterov, WithoutMomentumIsGradientDescentBitForBit) {
  for (const int form : {kLookahead, kTorch}) {
    Host momentum("nesterov", ravine::test::rosenbrock(), with(1e-3, 0, form));
    Host plain("gradient_descent", ravine::test::rosenbrock(), {{"learning_rate", 1e-3}});
    momentum.steps(50);
    plain.steps(50);
    EXPECT_EQ(momentum.x, plain.x) << "form " << form;
  }
}

TEST(Nesterov, FormsAreOneMethodJudgedAtTwoPoints) {
  // The torch form's x_k is the look-ahead form's x_k + alpha beta v_k, and alpha v_k is
  // x_k - x_{k-1}: some roundings of x = 1 a step, 100 steps.
  Host ahead("nesterov", ravine::test::rosenbrock(), with(5e-4, 0.9));
  Host at("nesterov", ravine::test::rosenbrock(), with(5e-4, 0.9, kTorch));
  for (int k = 0; k < 100; ++k) {
    const std::vector<double> before = ahead.x;
    ahead.steps(1);
    at.steps(1);
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_NEAR(at.x[i], ahead.x[i] + 0.9 * (ahead.x[i] - before[i]), 1e-12);
  }
}

TEST(Nesterov, IsAHeavyBallWithLessMomentumWhereCurvatureIsLarge) {
  // Sutskever et al. 2013, theorem 2.1: on a quadratic, beta (1 - alpha lambda) in place of beta.
  for (const double lambda : {1.0, 10.0, 60.0, 99.0}) {
    Host host("nesterov", ravine::test::parabola(lambda), with(0.01, 0.9));
    Host ball("heavy_ball", ravine::test::parabola(lambda),
              {{"learning_rate", 0.01}, {"beta", 0.9 * (1 - 0.01 * lambda)}});
    for (int k = 0; k < 100; ++k) {
      host.steps(1);
      ball.steps(1);
      ASSERT_NEAR(host.x[0], ball.x[0], 1e-13) << "lambda = " << lambda;
    }
  }
}

TEST(Nesterov, IsStableUpToTheLimitOfItsForm) {
  // Largest stable alpha lambda. A rate 0.1 % beyond it makes the modulus 1 + 0.001 or more.
  for (const double beta : {0.3, 0.5, 0.9}) {
    const auto after_20000 = [&](const char* plugin, double form, double alpha) {
      Host host(plugin, ravine::test::parabola(1), with(alpha, beta, form));
      host.steps(20000);
      return std::fabs(host.x[0]);
    };
    const double heavy_ball = 2 * (1 + beta);
    const double lookahead = 2 * (1 + beta) / (1 + 2 * beta);
    const double literal = 2 * (1 + beta) / 3;
    EXPECT_LT(after_20000("heavy_ball", 0, 0.999 * heavy_ball), 1e-3) << beta;
    EXPECT_FALSE(after_20000("heavy_ball", 0, 1.001 * heavy_ball) < 1e3) << beta;
    for (const int form : {kLookahead, kTorch}) {
      EXPECT_LT(after_20000("nesterov", form, 0.999 * lookahead), 1e-3) << beta;
      EXPECT_FALSE(after_20000("nesterov", form, 1.001 * lookahead) < 1e3) << beta;
    }
    EXPECT_LT(after_20000("nesterov", kLiteral, 0.999 * literal), 1e-3) << beta;
    EXPECT_FALSE(after_20000("nesterov", kLiteral, 1.001 * literal) < 1e3) << beta;
  }
}

TEST(Nesterov, HasRateOneMinusOneOverSqrtKappa) {
  // alpha = 1/L, beta = (sqrt(kappa) - 1) / (sqrt(kappa) + 1): a double eigenvalue at mu, complex
  // ones of sqrt(beta (1 - lambda / L)) between, 0 at L.
  const double kappa = 100, beta = 9.0 / 11;
  for (const double lambda : {1.0, 12.0, 45.0, 89.0}) {
    Host host("nesterov", ravine::test::parabola(lambda), with(1 / kappa, beta));
    const double rate = ravine::test::measured_rate(ravine::test::path(host, 20), true);
    EXPECT_NEAR(rate, std::sqrt(beta * (1 - lambda / kappa)), 1e-8) << "lambda = " << lambda;
    EXPECT_LE(rate, 0.9 + 1e-8);
    if (lambda == 1) {
      EXPECT_NEAR(rate, 1 - 1 / std::sqrt(kappa), 1e-8);
    }
  }
}

TEST(Nesterov, HasRateOneMinusTwoOverSqrtThreeKappaPlusOneWhenTuned) {
  // Lessard, Recht and Packard 2016, Proposition 1: alpha = 4 / (3 L + mu).
  const double kappa = 100, root = std::sqrt(3 * kappa + 1);
  const Settings tuned = with(4 / (3 * kappa + 1), (root - 2) / (root + 2));
  const double best = 1 - 2 / root;
  Host at_mu("nesterov", ravine::test::parabola(1), tuned);
  EXPECT_NEAR(ravine::test::measured_rate(ravine::test::path(at_mu, 20), true), best, 1e-8);
  Host at_l("nesterov", ravine::test::parabola(kappa), tuned);  // real eigenvalues of other signs
  EXPECT_NEAR(ravine::test::measured_rate(ravine::test::path(at_l, 100), false), best, 1e-8);
  Host between("nesterov", ravine::test::parabola(40), tuned);
  EXPECT_LT(ravine::test::measured_rate(ravine::test::path(between, 20), true), best);
}

TEST(Nesterov, GrowingMomentumHasThePapersIndices) {
  // y_1 = x_1 (k = 0 gives 0 / 3), y_2 = x_2 + 1/4 (x_2 - x_1), y_3 = x_3 + 2/5 (x_3 - x_2).
  const double tau = 0.125;
  Host host("nesterov", ravine::test::parabola(1), with(tau, 0, kGrowing));
  const auto x = ravine::test::path(host, 4);
  const auto& y = host.oracle.points;
  ASSERT_EQ(y.size(), 4);
  EXPECT_EQ(y[0][0], x[0]);
  EXPECT_EQ(y[1][0], x[1]);
  EXPECT_DOUBLE_EQ(y[2][0], x[2] + (x[2] - x[1]) / 4);
  EXPECT_DOUBLE_EQ(y[3][0], x[3] + 2 * (x[3] - x[2]) / 5);
  for (std::size_t k = 0; k < 4; ++k) EXPECT_DOUBLE_EQ(x[k + 1], y[k][0] * (1 - tau));
}

TEST(Nesterov, GrowingMomentumKeepsItsBoundOnTheWorstFunction) {
  // Against the upper bound 2 L |x0 - x*|^2 / (k + 1)^2 it has 0.22 at most, 0.15 at k = m; against
  // the lower one 3 L |x0 - x*|^2 / (32 (m + 1)^2), which holds for every method that steps in the
  // span of the gradients, about 3. The same from the recurrence in NumPy.
  for (const auto& [m, over_lower] :
       {std::pair{5, 2.8828}, std::pair{20, 3.1447}, std::pair{50, 3.2276}}) {
    const ravine::test::WorstFunction worst{static_cast<std::size_t>(2 * m + 1)};
    Host host("nesterov", worst.objective(), with(1 / worst.L, 0, kGrowing));
    double largest = 0;
    for (int k = 1; k <= 20 * m; ++k) {
      host.steps(1);
      const double gap = host.f() - worst.minimum();
      const double unit = worst.L * worst.distance2() / ((k + 1.0) * (k + 1.0));
      largest = std::max(largest, gap / (2 * unit));
      if (k == m) {
        EXPECT_NEAR(gap / (unit * 3 / 32), over_lower, 1e-3) << "m = " << m;
      }
    }
    EXPECT_LE(largest, 0.22) << "m = " << m;
    EXPECT_GT(largest, 0.2) << "m = " << m;
  }
}

TEST(Nesterov, GrowingMomentumBeatsGradientDescent) {
  // O(1/k^2) against O(1/k): 3.3 times at k = m = 50, 695 times at 5 m.
  const ravine::test::WorstFunction worst{101};
  Host host("nesterov", worst.objective(), with(1 / worst.L, 0, kGrowing));
  Host plain("gradient_descent", worst.objective(), {{"learning_rate", 1 / worst.L}});
  const auto ratio = [&] { return (plain.f() - worst.minimum()) / (host.f() - worst.minimum()); };
  host.steps(50);
  plain.steps(50);
  EXPECT_GT(ratio(), 3);
  host.steps(200);
  plain.steps(200);
  EXPECT_GT(ratio(), 500);
}

TEST(Nesterov, GrowingMomentumFollowsItsDifferentialEquation) {
  // x'' + 3 x' / t + lambda x = 0 from 1 has 2 J_1(t sqrt(lambda)) / (t sqrt(lambda)); step k is at
  // t = k sqrt(tau) (Su, Boyd and Candes 2016). The error is of the order of sqrt(tau).
  const double lambda = 2;
  const auto error = [&](int steps) {
    const double tau = 1 / (static_cast<double>(steps) * steps / 25);  // steps sqrt(tau) = 5
    Host host("nesterov", ravine::test::parabola(lambda), with(tau, 0, kGrowing));
    double largest = 0;
    for (int k = 1; k <= steps; ++k) {
      host.steps(1);
      const double z = k * std::sqrt(tau * lambda);
      largest = std::max(largest, std::fabs(host.x[0] - 2 * std::cyl_bessel_j(1, z) / z));
    }
    return largest;
  };
  EXPECT_LT(error(4000), 2e-3);
  EXPECT_NEAR(error(2000) / error(4000), 2, 0.1);
  EXPECT_NEAR(error(4000) / error(8000), 2, 0.1);
}

TEST(Nesterov, TOverTPlus3CountsFromTheStepOrFromTheOneAhead) {
  // On a gradient of 1 with tau = 1/8: x_1 = -tau, y_1 = x_1 + c_1 (x_1 - x_0), x_2 = y_1 - tau,
  // and so on, with c = 0, 1/4, ... or 1/4, 2/5, ...
  const ravine::test::Objective slope{{0}, [](std::span<const double> x, std::span<double> g) {
                                        std::fill(g.begin(), g.end(), 1.0);
                                        return x[0];
                                      }};
  for (const auto& [form, c] : {std::pair{kGrowing, std::array{0.0, 1.0 / 4}},
                                std::pair{kGrowingAhead, std::array{1.0 / 4, 2.0 / 5}}}) {
    Host host("nesterov", slope, {{"learning_rate", 0.125}, {"form", form}});
    double x = -0.125, moved = -0.125;
    host.steps(1);
    EXPECT_EQ(host.x[0], x);
    for (const double share : c) {
      moved = share * moved - 0.125;
      x += moved;
      host.steps(1);
      EXPECT_NEAR(host.x[0], x, 1e-15) << form;
    }
  }
}

}  // namespace
