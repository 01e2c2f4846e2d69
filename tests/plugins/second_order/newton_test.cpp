// Newton: exact on quadratics, quadratic near a minimum, and downhill where H is not definite.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;

TEST(Newton, OneStepSolvesAConvexQuadratic) {
  Host host("newton", ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues(), -3));
  host.steps(1);
  // lambda_i x_i / lambda_i by a Cholesky factor: a few roundings of x_i = 1.
  for (const double v : host.x) EXPECT_NEAR(v, 0, 1e-15);
  EXPECT_EQ(host.oracle.hessians, 1U);
  EXPECT_EQ(host.oracle.points.size(), 2U);
}

TEST(Newton, FirstStepOnRosenbrockIsTheKnownOne) {
  // x_1 = (-1.1752808988764, 1.38067415730337): Nocedal and Wright; f falls, so the step is full.
  Host host("newton", ravine::test::rosenbrock());
  host.steps(1);
  EXPECT_NEAR(host.x[0], -1.1752808988764, 1e-13);
  EXPECT_NEAR(host.x[1], 1.38067415730337, 1e-13);
}

TEST(Newton, DescendsToTheMinimumOfRosenbrock) {
  Host host("newton", ravine::test::rosenbrock());
  double f = host.f();
  int steps = 0;
  while (f > 1e-20 && steps < 40) {
    host.steps(1);
    ++steps;
    EXPECT_LT(host.f(), f);
    f = host.f();
  }
  EXPECT_LE(f, 1e-20);
  EXPECT_LE(steps, 25);  // with backtracking; the pure method jumps and needs fewer
}

TEST(Newton, DescendsFromAnIndefiniteStart) {
  // f = x^4/4 - x^2/2 + y^2/2 near its saddle at 0: H = diag(-1, 1). Minima at (+-1, 0), f = -1/4.
  const ravine::test::Objective saddle{{0.01, 1},
                                       [](std::span<const double> x, std::span<double> g) {
                                         if (!g.empty()) {
                                           g[0] = x[0] * x[0] * x[0] - x[0];
                                           g[1] = x[1];
                                         }
                                         return std::pow(x[0], 4) / 4 - x[0] * x[0] / 2 +
                                                x[1] * x[1] / 2;
                                       },
                                       [](std::span<const double> x, std::span<double> h) {
                                         h[0] = 3 * x[0] * x[0] - 1;
                                         h[1] = h[2] = 0;
                                         h[3] = 1;
                                       }};
  for (const double floor : {1e-8, 1e-3, 1.0}) {
    Host host("newton", saddle, {{"curvature_floor", floor}});
    double f = host.f();
    for (int k = 0; k < 100 && host.step() == RAVINE_OK; ++k) {
      EXPECT_LE(host.f(), f);
      f = host.f();
    }
    EXPECT_NEAR(std::fabs(host.x[0]), 1, 1e-8) << "curvature_floor " << floor;
    EXPECT_NEAR(host.x[1], 0, 1e-8);
  }
}

TEST(Newton, DampingShortensTheStep) {
  Host host("newton", ravine::test::diagonal_quadratic({1, 3}), {{"damping", 1}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], 1 - 1.0 / 2, 1e-15);
  EXPECT_NEAR(host.x[1], 1 - 3.0 / 4, 1e-15);
}

TEST(Newton, BacksOffOutsideTheDomain) {
  // f = 10 x - log x from 0.19, minimum at 0.1: the full step would land at 0.019, and f is asked
  // only above 0.08.
  const ravine::test::Objective log_barrier{
      {0.19},
      [](std::span<const double> x, std::span<double> g) {
        if (!g.empty()) g[0] = 10 - 1 / x[0];
        return 10 * x[0] - std::log(x[0]);
      },
      [](std::span<const double> x, std::span<double> h) { h[0] = 1 / (x[0] * x[0]); }};
  Host host("newton", log_barrier);
  int refused = 0;
  host.oracle.verdict = [&](std::span<const double> x) {
    if (x[0] > 0.08) return RAVINE_OK;
    ++refused;
    return RAVINE_OUT_OF_DOMAIN;
  };
  for (int k = 0; k < 20 && host.step() == RAVINE_OK; ++k) EXPECT_GT(host.x[0], 0.08);
  EXPECT_GT(refused, 0);
  EXPECT_NEAR(host.x[0], 0.1, 1e-12);
}

TEST(Newton, IsNotForProblemsWithoutAHessian) {
  Host host("newton", ravine::test::flat_coordinate());
  ASSERT_EQ(host.optimizer->needs_extension_count, 1U);
  EXPECT_STREQ(host.optimizer->needs_extensions[0], RAVINE_EXTENSION_HESSIAN);
  EXPECT_EQ(host.step(), RAVINE_NOT_SUPPORTED);
}

}  // namespace
