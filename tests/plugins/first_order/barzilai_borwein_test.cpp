// Barzilai and Borwein's step lengths against their definition and their theory.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Settings;

enum : int { kBb1, kBb2 };
enum : int { kNonmonotone, kRaw };

Settings with(double length, double safeguard, double first_step) {
  return {{"length", length}, {"safeguard", safeguard}, {"first_step", first_step}};
}

/// Steps until |g| <= 1e-10 |g0| on the quadratic with n = 50, kappa = 1e4, log-spaced from x = 1.
int steps_to_converge(const std::string& plugin, const Settings& settings, int at_most) {
  std::vector<double> lambda(50);
  for (std::size_t i = 0; i < 50; ++i) lambda[i] = std::pow(10, 4 * static_cast<double>(i) / 49);
  Host host(plugin, ravine::test::diagonal_quadratic(lambda), settings);
  std::vector<double> g(50);
  const auto gradient_norm = [&] {
    host.oracle.objective.f(host.x, g);
    return ravine::test::length(g);
  };
  const double target = 1e-10 * gradient_norm();
  for (int k = 1; k <= at_most; ++k) {
    host.steps(1);
    if (gradient_norm() <= target) return k;
  }
  return at_most + 1;
}

TEST(BarzilaiBorwein, NeedsAFewHundredTimesFewerStepsThanGradientDescent) {
  // Rounding decides where a chaotic path ends: NumPy has 966 and 981 steps from here and 1005 to
  // 1602 from other starts. Gradient descent's best constant rate needs kappa / 2 ln 1e10 = 1.15e5.
  for (const int length : {kBb1, kBb2}) {
    const int steps = steps_to_converge("barzilai_borwein", with(length, kRaw, 1e-4), 3000);
    EXPECT_GT(steps, 600) << length;
    EXPECT_LT(steps, 1700) << length;
    // The line search interferes with some steps only.
    EXPECT_LT(steps_to_converge("barzilai_borwein", with(length, kNonmonotone, 1e-4), 3000), 2400);
  }
  EXPECT_GT(steps_to_converge("gradient_descent", {{"learning_rate", 2 / 10001.0}}, 20000), 20000);
}

TEST(BarzilaiBorwein, TakesTheLengthsOfItsDefinition) {
  // From (1, 1) with lambda = (1, 4) and alpha = 0.1: s = -(0.1, 0.4), y = -(0.1, 1.6);
  // s's = 0.17, s'y = 0.65, y'y = 2.57. Then x_2 = x_1 - alpha g_1 with x_1 = (0.9, 0.6).
  for (const auto& [length, alpha] : {std::pair{kBb1, 0.17 / 0.65}, std::pair{kBb2, 0.65 / 2.57}}) {
    for (const int safeguard : {kNonmonotone, kRaw}) {
      Host host("barzilai_borwein", ravine::test::diagonal_quadratic({1, 4}),
                with(length, safeguard, 0.1));
      host.steps(2);
      EXPECT_NEAR(host.x[0], 0.9 * (1 - alpha), 1e-15);
      EXPECT_NEAR(host.x[1], 0.6 * (1 - 4 * alpha), 1e-15);
    }
  }
}

TEST(BarzilaiBorwein, SolvesAMultipleOfTheIdentityInTwoSteps) {
  for (const int length : {kBb1, kBb2}) {
    Host host("barzilai_borwein", ravine::test::diagonal_quadratic({7, 7, 7}),
              with(length, kRaw, 0.01));
    host.steps(2);
    EXPECT_LT(ravine::test::length(host.x), 1e-15);
  }
}

TEST(BarzilaiBorwein, ConvergesFasterThanAnyLinearRateInTwoVariables) {
  // The root-rate |x_k|^(1/k) goes to 0 (Barzilai and Borwein 1988, section 3): in NumPy 0.43,
  // 0.11, 0.0058 for BB1 and 0.25, 0.023, 0.00057 for BB2. Gradient descent's best is 9/11.
  for (const int length : {kBb1, kBb2}) {
    Host host("barzilai_borwein", ravine::test::diagonal_quadratic({1, 10}),
              with(length, kRaw, 0.03));
    int done = 0;
    for (const auto& [k, at_most] : {std::pair{4, 0.5}, std::pair{7, 0.15}, std::pair{10, 0.01}}) {
      host.steps(k - done);
      done = k;
      EXPECT_LT(std::pow(ravine::test::length(host.x), 1.0 / k), at_most) << k;
    }
  }
}

TEST(BarzilaiBorwein, DivergesAtFirstOnRosenbrockWhenRawButNotWithTheSearch) {
  Host raw("barzilai_borwein", ravine::test::rosenbrock(), with(kBb1, kRaw, 1e-3));
  raw.steps(10);
  EXPECT_NEAR(raw.x[0], 10.36, 0.01);  // of (1, 1), from (-1.2, 1)
  EXPECT_GT(raw.f(), 1e5);             // of 24.2 at the start

  Host searched("barzilai_borwein", ravine::test::rosenbrock(), with(kBb1, kNonmonotone, 1e-3));
  double largest = 0;
  for (int k = 0; k < 100 && searched.step() == RAVINE_OK; ++k)
    largest = std::max(largest, searched.f());
  EXPECT_LE(largest, 24.2);
  EXPECT_LT(searched.f(), 1e-20);
}

TEST(BarzilaiBorwein, RisesAtMostToTheLargestOfItsLastValues) {
  for (const std::size_t memory : {1U, 3U, 10U}) {
    Settings settings = with(kBb1, kNonmonotone, 1e-3);
    settings["memory"] = static_cast<double>(memory);
    Host host("barzilai_borwein", ravine::test::rosenbrock(), settings);
    std::vector<double> f{host.f()};
    bool rose = false;
    while (f.size() < 50) {
      host.steps(1);
      const std::size_t first = f.size() < memory ? 0 : f.size() - memory;
      const double ceiling =
          *std::max_element(f.begin() + static_cast<std::ptrdiff_t>(first), f.end());
      ASSERT_LE(host.f(), ceiling) << "memory " << memory << ", step " << f.size();
      rose = rose || host.f() > f.back();
      f.push_back(host.f());
    }
    EXPECT_EQ(rose, memory > 1) << memory;  // with a memory of 1 it is monotone
  }
}

TEST(BarzilaiBorwein, KeepsItsLengthWhereCurvatureIsNotPositive) {
  // f = -x^2 / 2: s'y < 0 at each step; x grows by 1 + alpha.
  const ravine::test::Objective hill{{1}, [](std::span<const double> x, std::span<double> g) {
                                       if (!g.empty()) g[0] = -x[0];
                                       return -x[0] * x[0] / 2;
                                     }};
  for (const int safeguard : {kNonmonotone, kRaw}) {
    Host host("barzilai_borwein", hill, with(kBb1, safeguard, 0.5));
    host.steps(10);
    EXPECT_NEAR(host.x[0], std::pow(1.5, 10), 1e-12);
  }
}

TEST(BarzilaiBorwein, KeepsItsLengthsWithinTheirRange) {
  // f = lambda / 2 x^2 has 1 / lambda: 1e12 and 1e-12 are cut to 1e10 and 1e-10.
  for (const auto& [lambda, alpha] : {std::pair{1e-12, 1e10}, std::pair{1e12, 1e-10}}) {
    Host host("barzilai_borwein", ravine::test::parabola(lambda),
              with(kBb1, kRaw, lambda < 1 ? 1 : 1e-10));
    host.steps(1);
    const double before = host.x[0];
    host.steps(1);
    EXPECT_NEAR(host.x[0] / before, 1 - alpha * lambda, 1e-9 * std::fabs(1 - alpha * lambda));
  }
}

TEST(BarzilaiBorwein, ForgetsAnObjectiveThatHasChanged) {
  Host host("barzilai_borwein", ravine::test::diagonal_quadratic({1, 4}),
            with(kBb1, kNonmonotone, 0.1));
  host.steps(3);
  ASSERT_EQ(host.stage(RAVINE_STALE_VALUES | RAVINE_STALE_CURVATURE), RAVINE_OK);
  const auto x = host.x;
  host.steps(1);  // a first step again
  EXPECT_NEAR(host.x[0], x[0] * 0.9, 1e-15);
  EXPECT_NEAR(host.x[1], x[1] * 0.6, 1e-15);
}

TEST(BarzilaiBorwein, PairsNoGradientsOfTwoObjectivesWhenRaw) {
  // f' = 4 x - 1 is 3 at x = 1; the first step leads to 5/8, where a second stage's f' = 2 x - 1 is
  // 1/4. A pair across the change would give s / y = (-3/8) / (1/4 - 3) = 3/22 for the last 1/8.
  const auto scale = std::make_shared<double>(4);
  const ravine::test::Objective f{{1}, [scale](std::span<const double> x, std::span<double> g) {
                                    if (!g.empty()) g[0] = *scale * x[0] - 1;
                                    return *scale * x[0] * x[0] / 2 - x[0];
                                  }};
  Host host("barzilai_borwein", f, with(kBb1, kRaw, 0.125));
  host.steps(1);
  EXPECT_EQ(host.x[0], 0.625);
  *scale = 2;
  ASSERT_EQ(host.stage(RAVINE_STALE_VALUES), RAVINE_OK);
  host.steps(1);
  EXPECT_EQ(host.x[0], 0.625 - 0.25 / 8) << "the last length stays";
  host.steps(1);
  EXPECT_NEAR(host.x[0], 0.5, 1e-15) << "a pair of the new objective's";
}

TEST(BarzilaiBorwein, ForgetsValuesThatDoNotCompareAnyMore) {
  // A first stage 1e9 higher up: with its values f might rise as far as it does when raw.
  auto f = ravine::test::rosenbrock();
  const auto offset = std::make_shared<double>(1e9);
  f.f = [plain = f.f, offset](std::span<const double> x, std::span<double> g) {
    return plain(x, g) + *offset;
  };
  Host host("barzilai_borwein", f, with(kBb1, kNonmonotone, 1e-3));
  host.steps(1);
  *offset = 0;
  ASSERT_EQ(host.stage(RAVINE_STALE_VALUES), RAVINE_OK);
  const double ceiling = host.f();
  for (int k = 0; k < 20; ++k) {
    host.steps(1);
    EXPECT_LE(host.f(), ceiling);
  }
}

TEST(BarzilaiBorwein, SaysWhenThereIsNothingLeftToDo) {
  for (const int safeguard : {kNonmonotone, kRaw}) {
    auto f = ravine::test::diagonal_quadratic({1, 4});
    f.start = {0, 0};
    Host host("barzilai_borwein", f, with(kBb1, safeguard, 0.1));
    EXPECT_EQ(host.step(), RAVINE_CONVERGED);
  }
}

}  // namespace
