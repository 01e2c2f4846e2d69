// L-BFGS: what it reaches on quadratics, what it asks, and what it does when the ground changes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "ravine/sdk/line_search/line_search.hpp"
#include "tests/plugins/second_order/vectors.hpp"

namespace {

using ravine::sdk::LineSearch;
using ravine::test::dot;
using ravine::test::Host;
using ravine::test::minus;
using ravine::test::norm;
using ravine::test::Vector;

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

class LBfgsWith : public testing::TestWithParam<LineSearch::Kind> {
 protected:
  [[nodiscard]] static ravine::test::Settings with(ravine::test::Settings more = {}) {
    more["line_search"] = static_cast<double>(GetParam());
    return more;
  }
};
INSTANTIATE_TEST_SUITE_P(LineSearches, LBfgsWith,
                         testing::Values(LineSearch::kWolfeZoom, LineSearch::kMoreThuente,
                                         LineSearch::kHagerZhang, LineSearch::kArmijo,
                                         LineSearch::kExactQuadratic),
                         [](const auto& tested) { return LineSearch::kNames[tested.param]; });

// f* = 0, so that values tell points apart all the way: x to 1e-9 within 200 steps, of which the
// slowest, the Newton steps along the line on Rosenbrock, needs some 100.
TEST_P(LBfgsWith, ReachesTheMinimumOfAQuadratic) {
  Host host("lbfgs", ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues()), with());
  for (int k = 0; k < 200 && host.step() == RAVINE_OK;) ++k;
  EXPECT_LT(norm(host.x), 1e-9);
}

TEST_P(LBfgsWith, ReachesTheMinimumOfRosenbrock) {
  Host host("lbfgs", ravine::test::rosenbrock(), with());
  for (int k = 0; k < 200 && host.step() == RAVINE_OK;) ++k;
  EXPECT_LT(norm(minus(host.x, {1, 1})), 1e-9);
}

TEST_P(LBfgsWith, BeginsAlongTheGradientByAStepOfLengthOneAtMost) {
  auto quadratic = ravine::test::diagonal_quadratic({1, 2});
  quadratic.hessian = nullptr;  // the exact search then probes where the others begin
  for (const double far : {0.1, 100.0}) {
    quadratic.start = {far, far};
    Host host("lbfgs", quadratic, with());
    host.steps(1);
    const Vector g = gradient(quadratic, quadratic.start);
    const Vector first = minus(host.oracle.points.at(1), quadratic.start);
    const double length = std::min(1.0, 1 / norm(g));
    for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(first[i], -length * g[i], 1e-16 * far);
  }
}

TEST(LBfgs, TakesTheSearchThatItIsTold) {
  std::set<std::vector<Vector>> paths;
  for (const auto kind : {LineSearch::kWolfeZoom, LineSearch::kMoreThuente, LineSearch::kHagerZhang,
                          LineSearch::kArmijo, LineSearch::kExactQuadratic}) {
    // A small c2 makes each of them work.
    Host host("lbfgs", ravine::test::rosenbrock(),
              {{"line_search", static_cast<double>(kind)}, {"c2", 0.01}});
    host.steps(10);
    paths.insert(host.oracle.points);
  }
  EXPECT_EQ(paths.size(), 5U);
}

TEST(LBfgs, WithExactSearchesIsLinearConjugateGradients) {
  // On a quadratic, whatever m; both lose some roundings of 1 in 12 steps of condition 10.
  for (const double history : {1, 2, 10}) {
    Host host("lbfgs", ravine::test::dense_quadratic(),
              {{"line_search", LineSearch::kExactQuadratic}, {"history", history}});
    Host linear("linear_cg", ravine::test::dense_quadratic());
    for (int k = 0; k < 12; ++k) {
      host.steps(1);
      linear.steps(1);
      EXPECT_LT(norm(minus(host.x, linear.x)), 1e-13) << k;
    }
  }
}

TEST(LBfgs, GoesBackToTheGradientWhereItsMemoryLeadsNowhere) {
  // f grows 1e30 times behind its back: H g is then so far off that 60 halvings do not save it.
  auto quadratic = ravine::test::diagonal_quadratic({1, 10, 100});
  Host host("lbfgs", quadratic, {{"line_search", LineSearch::kArmijo}});
  host.steps(3);
  host.oracle.objective.f = [f = quadratic.f](std::span<const double> x, std::span<double> g) {
    const double value = f(x, g);
    for (double& v : g) v *= 1e30;
    return 1e30 * value;
  };
  ASSERT_EQ(host.stage(RAVINE_STALE_VALUES), RAVINE_OK);
  const Vector before = host.x;
  const double f_before = host.f();
  host.steps(1);
  const Vector g = gradient(host.oracle.objective, before);
  const Vector s = minus(host.x, before);
  EXPECT_NEAR(-dot(s, g) / norm(s) / norm(g), 1, 1e-14);
  EXPECT_LT(host.f(), f_before);
}

}  // namespace
