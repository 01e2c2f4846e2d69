// L-BFGS: what it reaches on quadratics, what it asks, and what it does when the ground changes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;

// Steps until (f - f*) / (f0 - f*) <= gap; -1 if it stops before.
int steps_to(Host& host, double f_star, double gap, int limit) {
  const double target = gap * (host.f() - f_star);
  for (int k = 1; k <= limit; ++k) {
    if (host.step() != RAVINE_OK) return -1;
    if (host.f() - f_star <= target) return k;
  }
  return -1;
}

TEST(LBfgs, EndsOnAQuadraticInAboutNSteps) {
  // With exact line searches it is conjugate gradients, which end in n = 10 steps at most; c2 = 0.1
  // makes the searches nearly exact, and the first step (of length 1) is one more.
  Host host("lbfgs", ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues()),
            {{"c2", 0.1}});
  const int steps = steps_to(host, 0, 1e-10, 100);
  EXPECT_GT(steps, 0);
  EXPECT_LE(steps, 10 + 4);
}

TEST(LBfgs, GoesOnWhereValuesHaveRunOut) {
  // kappa = 1e4 and f* = 1: from f0 - f* = 2e4 f cannot tell points apart below a gap of 1e-20,
  // where max |g| is about 1e-7; a search that goes by values alone fails there, or before.
  std::vector<double> lambda(20);
  for (std::size_t i = 0; i < lambda.size(); ++i)
    lambda[i] = std::pow(10, 4 * static_cast<double>(i) / 19);
  Host host("lbfgs", ravine::test::diagonal_quadratic(lambda, 1));
  EXPECT_GT(steps_to(host, 1, 1e-10, 400), 0);
  double g_max = 1;
  int steps = 0;
  for (; steps < 1000 && g_max > 1e-10; ++steps) {
    ASSERT_EQ(host.step(), RAVINE_OK) << "step " << steps << ", max |g| " << g_max;
    g_max = 0;
    for (std::size_t i = 0; i < lambda.size(); ++i)
      g_max = std::max(g_max, std::fabs(lambda[i] * host.x[i]));
  }
  EXPECT_LE(g_max, 1e-10);
  EXPECT_EQ(host.f(), 1);
}

TEST(LBfgs, NeverAsksTwiceAtOnePoint) {
  Host host("lbfgs", ravine::test::rosenbrock());
  host.steps(25);
  const auto& points = host.oracle.points;
  const std::set<std::vector<double>> distinct(points.begin(), points.end());
  EXPECT_EQ(distinct.size(), points.size());
  EXPECT_LT(points.size(), 50U);  // about one evaluation a step
}

TEST(LBfgs, AsksAgainWhereTheHostMovedItOrTheBatchChanged) {
  Host host("lbfgs", ravine::test::rosenbrock());
  host.steps(3);
  host.x = {0.5, 0.5};
  host.oracle.points.clear();
  host.steps(1);
  EXPECT_EQ(host.oracle.points.at(0), (std::vector<double>{0.5, 0.5}));

  const std::vector<double> x = host.x;
  host.oracle.points.clear();
  ASSERT_EQ(host.step(1, 5), RAVINE_OK);  // a mini-batch: another function
  EXPECT_EQ(host.oracle.points.at(0), x);
  const std::vector<double> after = host.x;
  host.oracle.points.clear();
  ASSERT_EQ(host.step(1, RAVINE_FULL), RAVINE_OK);
  EXPECT_EQ(host.oracle.points.at(0), after);
}

TEST(LBfgs, ConvergesOnRosenbrock) {
  Host host("lbfgs", ravine::test::rosenbrock());
  const int steps = steps_to(host, 0, 1e-10, 100);
  EXPECT_GT(steps, 0);
  EXPECT_LE(steps, 50);  // implementations of L-BFGS take 30 to 45
}

TEST(LBfgs, DropsItsMemoryWhereAStageMakesItStale) {
  const auto quadratic = ravine::test::diagonal_quadratic({1, 10, 100});
  const auto points_after = [&](std::uint64_t changed) {
    Host host("lbfgs", quadratic);
    host.steps(3);
    EXPECT_EQ(host.stage(changed), RAVINE_OK);
    host.oracle.points.clear();
    host.steps(1);
    return host.oracle.points;
  };
  Host fresh("lbfgs", quadratic);
  fresh.steps(3);
  Host restarted("lbfgs", {fresh.x, quadratic.f});
  restarted.steps(1);

  const auto stale = points_after(RAVINE_STALE_CURVATURE | RAVINE_STALE_VALUES);
  EXPECT_EQ(stale, restarted.oracle.points) << "as from a fresh start at x";
  const auto values = points_after(RAVINE_STALE_VALUES);
  EXPECT_EQ(values.at(0), fresh.x) << "f and g at x belong to the stage before";
  EXPECT_NE(values.at(1), stale.at(1)) << "the curvature is still good";
}

TEST(LBfgs, SaysWhenItCanGoNoFurther) {
  Host at_minimum("lbfgs", {{0, 0}, ravine::test::diagonal_quadratic({1, 2}).f});
  EXPECT_EQ(at_minimum.step(), RAVINE_CONVERGED);

  // A gradient of the wrong sign: no step lowers f.
  Host uphill("lbfgs", {{1, 1}, [](std::span<const double> x, std::span<double> g) {
                          for (std::size_t i = 0; i < g.size(); ++i) g[i] = -x[i];
                          return (x[0] * x[0] + x[1] * x[1]) / 2;
                        }});
  EXPECT_EQ(uphill.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(uphill.x, (std::vector<double>{1, 1}));
  EXPECT_EQ(uphill.step(), RAVINE_NO_PROGRESS);
  const auto& asked = uphill.oracle.points;
  EXPECT_EQ(std::count(asked.begin(), asked.end(), uphill.x), 1) << "f and g there are known";

  Host not_a_number("lbfgs", {{1, 1}, [](std::span<const double>, std::span<double> g) {
                                std::fill(g.begin(), g.end(), std::nan(""));
                                return std::nan("");
                              }});
  EXPECT_EQ(not_a_number.step(), RAVINE_NO_PROGRESS);
}

}  // namespace
