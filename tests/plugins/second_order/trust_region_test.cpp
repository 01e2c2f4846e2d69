// The trust region: Steihaug's step inside, on and along the sphere, and what becomes of Delta.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/plugins/second_order/vectors.hpp"

namespace {

using ravine::test::diagonal_quadratic;
using ravine::test::dot;
using ravine::test::Host;
using ravine::test::minus;
using ravine::test::norm;
using ravine::test::Vector;

ravine::test::Objective at(ravine::test::Objective f, const Vector& start) {
  f.start = start;
  return f;
}

TEST(TrustRegion, FallsByTheCauchyDecreaseAtLeast) {
  // On a quadratic f falls by what the model promises: at least |g|/2 min(Delta, |g| / |H|).
  for (const Vector& lambda : {Vector{1, 10, 100}, Vector{-3, 1, 50}, Vector{-5, -1, -1e-3}})
    for (const double radius : {1e-3, 0.1, 1.0, 10.0, 1e3}) {
      Host host("trust_region", diagonal_quadratic(lambda), {{"initial_radius", radius}});
      const double g = norm(gradient(host.oracle.objective, host.x));
      const double h = std::max(std::fabs(lambda.front()), std::fabs(lambda.back()));
      const double f = host.f();
      host.steps(1);
      const double decrease = f - host.f();
      // Less the rounding of values up to 1e8.
      EXPECT_GE(decrease, g / 2 * std::min(radius, g / h) * (1 - 1e-12)) << radius;
      EXPECT_LE(norm(minus(host.x, host.oracle.objective.start)), radius * (1 + 1e-12));
    }
}

TEST(TrustRegion, SolvesAQuadraticInsideInNProducts) {
  // f times 1e-20: the inner residual sqrt|g| is then 1e-10 of the gradient, and x* lies inside.
  auto f = ravine::test::dense_quadratic();
  const auto unit = f;
  f.f = [unit](std::span<const double> x, std::span<double> g) {
    const double value = unit.f(x, g);
    for (double& v : g) v *= 1e-20;
    return 1e-20 * value;
  };
  f.hessian = [unit](std::span<const double> x, std::span<double> h) {
    unit.hessian(x, h);
    for (double& v : h) v *= 1e-20;
  };
  Host host("trust_region", f, {{"initial_radius", 100}});
  host.steps(1);
  EXPECT_LE(host.oracle.products, 12U);
  EXPECT_LE(norm(gradient(unit, host.x)), 1e-9 * std::sqrt(12));
}

TEST(TrustRegion, ConvergesSuperlinearlyInside) {
  // |g'| <= min(1/2, sqrt|g|) |g| on a quadratic, by the inner test itself.
  Host host("trust_region", ravine::test::dense_quadratic(), {{"initial_radius", 100}});
  double g = norm(gradient(host.oracle.objective, host.x));
  for (int k = 0; k < 10; ++k) {
    host.steps(1);
    const double next = norm(gradient(host.oracle.objective, host.x));
    EXPECT_LE(next, std::min(0.5, std::sqrt(g)) * g + 1e-14);
    g = next;
  }
  EXPECT_LE(g, 1e-8);
}

TEST(TrustRegion, GoesToTheSphereAlongNegativeCurvature) {
  // d = -g = (-0.1, 0.2): d'Hd = 0.01 - 0.04. The step is 1/2 along d, and then the radius doubles.
  Host host("trust_region", at(diagonal_quadratic({1, -1}), {0.1, 0.2}), {{"initial_radius", 0.5}});
  host.steps(1);
  const Vector step = minus(host.x, {0.1, 0.2});
  EXPECT_NEAR(step[0], -0.5 / std::sqrt(5.0), 1e-15);
  EXPECT_NEAR(step[1], 1 / std::sqrt(5.0), 1e-15);
  const Vector x = host.x;
  host.steps(1);
  EXPECT_NEAR(norm(minus(host.x, x)), 1, 1e-14);
}

TEST(TrustRegion, TakesTheBetterOfTheTwoPointsOnTheSphere) {
  // The second direction d has negative curvature. Where that is the larger one the lower model is
  // behind: it is better to turn round at z, the minimum along the first. Scanned along the line.
  for (const double curvature : {-0.5, -4.0}) {
    const auto f = at(diagonal_quadratic({1, curvature}), {1e-3, 0.1e-3 / curvature});
    Host host("trust_region", f, {{"initial_radius", 5e-3}});
    host.steps(1);
    EXPECT_EQ(host.oracle.products, 2U);
    const Vector step = minus(host.x, f.start);
    EXPECT_NEAR(norm(step), 5e-3, 1e-17);
    const Vector g = gradient(f, f.start);
    Vector z = g;
    for (double& v : z) v *= -dot(g, g) / dot(g, product(f, f.start, g));
    const Vector d = minus(step, z);
    EXPECT_EQ(dot(z, d) < 0, curvature == -4) << "turned round";
    double lowest = 0;
    for (int k = -50000; k < 50000; ++k) {
      const double t = 1e-4 * k;
      const Vector p{z[0] + t * d[0], z[1] + t * d[1]};
      if (norm(p) <= 5e-3)
        lowest = std::min(lowest, f.f(Vector{f.start[0] + p[0], f.start[1] + p[1]}, {}));
    }
    EXPECT_LT(lowest, 0);
    EXPECT_LE(host.f(), lowest + 1e-18);  // values of 1e-5
  }
}

TEST(TrustRegion, StopsOnTheSphereWhereTheNewtonStepLeavesIt) {
  Host host("trust_region", ravine::test::rosenbrock(), {{"initial_radius", 0.01}});
  host.steps(1);
  EXPECT_NEAR(norm(minus(host.x, host.oracle.objective.start)), 0.01, 1e-15);
}

TEST(TrustRegion, DoublesTheRadiusUpToTheLargest) {
  // f = x^2/2 from 100: the model is exact, so rho = 1, until x itself is nearer.
  Host host("trust_region", at(diagonal_quadratic({1}), {100}));
  for (const double x : {99.0, 97.0, 93.0, 85.0, 69.0, 37.0, 0.0}) {
    host.steps(1);
    EXPECT_NEAR(host.x[0], x, 1e-12);
  }
  Host limited("trust_region", at(diagonal_quadratic({1}), {100}), {{"max_radius", 4}});
  for (const double x : {99.0, 97.0, 93.0, 89.0, 85.0}) {
    limited.steps(1);
    EXPECT_NEAR(limited.x[0], x, 1e-12);
  }
}

TEST(TrustRegion, QuartersTheRadiusWhereAStepIsRefused) {
  Host host("trust_region", at(diagonal_quadratic({1}), {100}));
  host.oracle.verdict = [](std::span<const double> x) {
    return !x.empty() && x[0] < 99.5 ? RAVINE_OUT_OF_DOMAIN : RAVINE_OK;
  };
  host.steps(1);
  EXPECT_EQ(host.x[0], 100);
  host.steps(1);
  EXPECT_EQ(host.x[0], 99.75);
  EXPECT_EQ(host.oracle.points.size(), 2U) << "f and g at 100 were known";
}

TEST(TrustRegion, RefusesWhatFallsByLessThanEta) {
  // H is a tenth of the true one: the model's minimum is ten times too far away, and f rises.
  auto f = at(diagonal_quadratic({10}), {1});
  f.hessian = [](std::span<const double>, std::span<double> h) { h[0] = 1; };
  Host host("trust_region", f, {{"initial_radius", 100}, {"max_radius", 1000}});
  host.steps(1);
  EXPECT_EQ(host.x[0], 1) << "x = 1 - 10 would raise f from 5 to 405";
  host.steps(2);
  EXPECT_EQ(host.x[0], 1) << "Delta = 25 and 6.25";
  host.steps(1);
  EXPECT_NEAR(host.x[0], 1 - 1.5625, 1e-15) << "promised 15.6 - 1.2, got 3.4: rho = 0.24 > eta";
}

TEST(TrustRegion, GoesOnWhereValuesHaveRunOut) {
  // f = 1e16 + x^2/2: neither decrease can be told from rounding, so that 0/0 counts as 1.
  Host host("trust_region", at(diagonal_quadratic({1}, 1e16), {1}), {{"initial_radius", 10}});
  host.steps(1);
  EXPECT_EQ(host.x[0], 0);
  EXPECT_EQ(host.step(), RAVINE_CONVERGED);
}

TEST(TrustRegion, LeavesASaddle) {
  Host host("trust_region", ravine::test::saddle({1e-3, 1}));
  for (int k = 0; k < 40 && host.step() == RAVINE_OK;) ++k;
  EXPECT_NEAR(host.x[0], 1, 1e-8);
  EXPECT_NEAR(host.x[1], 0, 1e-8);
}

TEST(TrustRegion, SaysWhyItEnds) {
  EXPECT_THROW(Host("trust_region", ravine::test::rosenbrock(), {{"initial_radius", 2000}}),
               std::runtime_error);
  Host not_a_number("trust_region", diagonal_quadratic({1, std::nan("")}));
  EXPECT_EQ(not_a_number.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(not_a_number.log, "f or its gradient is not finite");
  // Nothing around x is allowed: every step is refused, until none moves x.
  Host host("trust_region", diagonal_quadratic({1, 1}));
  host.oracle.verdict = [](std::span<const double> x) {
    return x.empty() || Vector(x.begin(), x.end()) == Vector{1, 1} ? RAVINE_OK
                                                                   : RAVINE_OUT_OF_DOMAIN;
  };
  int steps = 0;
  while (steps < 100 && host.step() == RAVINE_OK) ++steps;
  EXPECT_LT(steps, 30);  // 4^-27 = 2^-54
  EXPECT_EQ(host.log, "the step is below the rounding of x");
  EXPECT_EQ(host.x, (Vector{1, 1}));
}

}  // namespace
