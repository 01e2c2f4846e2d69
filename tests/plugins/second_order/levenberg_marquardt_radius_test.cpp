// Levenberg-Marquardt in a trust region (More 1978): what its steps solve, how the radius follows
// them, and where they end.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/plugins/second_order/vectors.hpp"

namespace {

using ravine::test::Host;
using ravine::test::minus;
using ravine::test::norm;
using ravine::test::Objective;
using ravine::test::Vector;

/// r, J, and D at a point, of two variables.
struct Linear {
  Linear(const Objective& f, const Vector& x) : r(f.squares.count), j(r.size() * 2) {
    f.squares.residuals(x, r);
    f.squares.jacobian(x, j);
    for (std::size_t i = 0; i < r.size(); ++i)
      for (std::size_t k = 0; k < 2; ++k) {
        g[k] += j[2 * i + k] * r[i];
        d[k] += j[2 * i + k] * j[2 * i + k];
      }
    for (double& v : d) v = std::sqrt(v);
  }
  [[nodiscard]] double length(const Vector& s) const {
    return std::hypot(d[0] * s[0], d[1] * s[1]);
  }
  Vector r, j;
  Vector g{0, 0}, d{0, 0};
};

TEST(LevenbergMarquardtRadius, FirstStepHasTheRadiusToATenthAndSolvesTheDampedEquations) {
  const auto f = ravine::test::rosenbrock();
  const Linear at(f, f.start);
  for (const double share : {1e-6, 1e-3, 0.03}) {
    Host host("levenberg_marquardt", f, {{"initial_radius", share}});
    host.steps(1);
    const Vector s = minus(host.x, f.start);
    const double radius = share * at.length(f.start);
    EXPECT_NEAR(at.length(s), radius, 0.1 * radius * (1 + 1e-9));
    // (J'J + lambda D^2) s = -g: each coordinate tells the same lambda > 0.
    double lambda[2];
    for (std::size_t k = 0; k < 2; ++k) {
      double jjs = 0;
      for (std::size_t i = 0; i < 2; ++i)
        jjs += at.j[2 * i + k] * (at.j[2 * i] * s[0] + at.j[2 * i + 1] * s[1]);
      lambda[k] = -(at.g[k] + jjs) / (at.d[k] * at.d[k] * s[k]);
    }
    EXPECT_GT(lambda[0], 0);
    // s is the difference of two points of size 1, and lambda that of J'r and J'J s.
    EXPECT_NEAR(lambda[0], lambda[1], 1e-6 * lambda[0]) << share;
  }
}

TEST(LevenbergMarquardtRadius, ShrinksToATenthWhereThereIsNoValue) {
  const auto f = ravine::test::rosenbrock();
  Host host("levenberg_marquardt", f, {{"initial_radius", 0.1}});
  // |D s| meets the radius to a tenth.
  std::vector<double> tried;
  const Linear at(f, f.start);
  for (int k = 0; k < 5; ++k) {
    host.oracle.verdict = [&](std::span<const double> x) {
      const Vector trial(x.begin(), x.end());
      if (trial == f.start) return RAVINE_OK;
      tried.push_back(at.length(minus(trial, f.start)));
      return RAVINE_OUT_OF_DOMAIN;
    };
    host.steps(1);
  }
  EXPECT_EQ(host.x, f.start);
  ASSERT_EQ(tried.size(), 5U);
  for (std::size_t k = 1; k < tried.size(); ++k) {
    EXPECT_LE(tried[k], 0.1 * tried[k - 1] * 1.1 / 0.9);
    EXPECT_GE(tried[k], 0.1 * tried[k - 1] * 0.9 / 1.1);
  }
}

TEST(LevenbergMarquardtRadius, GrowsTwofoldWhereTheModelIsExact) {
  // r = x - (3000, 4000) is linear: every step keeps its promise, and |D s| doubles from 1.
  const Objective f{{0, 0},
                    [](std::span<const double> x, std::span<double>) {
                      return std::pow(x[0] - 3000, 2) + std::pow(x[1] - 4000, 2);
                    },
                    {},
                    {},
                    {2, 1,
                     [](std::span<const double> x, std::span<double> r) {
                       r[0] = x[0] - 3000;
                       r[1] = x[1] - 4000;
                     },
                     [](std::span<const double>, std::span<double> j) {
                       j[0] = j[3] = 1;
                       j[1] = j[2] = 0;
                     }}};
  Host host("levenberg_marquardt", f, {{"initial_radius", 1}});
  Vector x = f.start;
  double expected = 0;
  for (int k = 0; k < 10; ++k) {
    host.steps(1);
    const double length = norm(minus(host.x, x));
    if (k > 0) {
      EXPECT_NEAR(length, expected, 0.1 * expected * (1 + 1e-9)) << k;
    }
    expected = 2 * length;
    x = host.x;
  }
  for (int k = 0; k < 20 && host.step() == RAVINE_OK;) ++k;
  EXPECT_EQ(host.x, (Vector{3000, 4000}));
}

TEST(LevenbergMarquardtRadius, WhereTheJacobianLacksRankTheShortestStepIsTaken) {
  // r = x_0 + 3 x_1 - 1: D = (1, 3), so that D s = (1, 1) / 2 is the shortest with J s = 1.
  const Objective f{
      {0, 0},
      [](std::span<const double> x, std::span<double>) { return std::pow(x[0] + 3 * x[1] - 1, 2); },
      {},
      {},
      {1, 1, [](std::span<const double> x, std::span<double> r) { r[0] = x[0] + 3 * x[1] - 1; },
       [](std::span<const double>, std::span<double> j) {
         j[0] = 1;
         j[1] = 3;
       }}};
  Host host("levenberg_marquardt", f);
  host.steps(1);
  EXPECT_NEAR(host.x[0], 1.0 / 2, 1e-15);
  EXPECT_NEAR(host.x[1], 1.0 / 6, 1e-15);
}

TEST(LevenbergMarquardtRadius, EndsWhereItsStepsAreRoundingAndNotBefore) {
  // r = (10 (y - x^2), 1 - x, 1): the minimum is 1 at (1, 1), and r'r cannot tell x from 1 + 1e-8.
  auto f = ravine::test::rosenbrock();
  const auto two = f.squares;
  f.squares.count = 3;
  f.squares.residuals = [two](std::span<const double> x, std::span<double> r) {
    two.residuals(x, r.first(2));
    r[2] = 1;
  };
  f.squares.jacobian = [two](std::span<const double> x, std::span<double> j) {
    two.jacobian(x, j.first(4));
    j[4] = j[5] = 0;
  };
  for (const double update : {0.0, 1.0, 2.0}) {
    Host host("levenberg_marquardt", f, {{"update", update}});
    int steps = 0;
    std::int32_t status = RAVINE_OK;
    while (steps < 200 && status == RAVINE_OK) {
      status = host.step();
      ++steps;
    }
    EXPECT_EQ(status, RAVINE_CONVERGED) << update;
    EXPECT_LT(steps, 100) << update;
    EXPECT_NEAR(host.x[0], 1, 1e-13) << update;
    EXPECT_NEAR(host.x[1], 1, 1e-13) << update;
  }
}

}  // namespace
