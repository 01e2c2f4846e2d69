// The bridge to NLopt: it converges, it stops when told, and it claims no iterations.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;

TEST(NloptLbfgs, ConvergesOnRosenbrock) {
  Host host("nlopt_lbfgs", ravine::test::rosenbrock());
  EXPECT_EQ(host.optimizer->step, nullptr);
  EXPECT_EQ(host.run(), RAVINE_CONVERGED);
  // PLIS stops at max |g_i| <= 1e-8; the smallest eigenvalue at the minimum is 0.4.
  EXPECT_NEAR(host.x[0], 1, 1e-7);
  EXPECT_NEAR(host.x[1], 1, 1e-7);
  EXPECT_EQ(host.optimizer->traits & RAVINE_REPORTS_ITERATIONS, 0U);
  EXPECT_EQ(host.oracle.reports, 0U);
}

TEST(NloptLbfgs, ObeysStopAtEveryEvaluationAndKeepsTheBestPoint) {
  for (const std::int32_t status : {RAVINE_STOP, RAVINE_STAGE_END, RAVINE_FAILED}) {
    for (std::size_t stop_at = 0; stop_at < 20; ++stop_at) {
      Host host("nlopt_lbfgs", ravine::test::rosenbrock());
      std::size_t calls_after = 0;
      host.oracle.verdict = [&](std::span<const double>) {
        if (host.oracle.points.size() < stop_at) return std::int32_t{RAVINE_OK};
        ++calls_after;
        return status;
      };
      ASSERT_EQ(host.run(), status);
      EXPECT_EQ(calls_after, 1U) << "asked again after being told";
      double best = host.oracle.objective.f(host.oracle.objective.start, {});
      for (const auto& point : host.oracle.points)
        best = std::min(best, host.oracle.objective.f(point, {}));
      EXPECT_EQ(host.f(), best);
    }
  }
}

TEST(NloptLbfgs, RunsAgainForTheNextStage) {
  Host host("nlopt_lbfgs", ravine::test::rosenbrock());
  host.oracle.verdict = [&](std::span<const double>) {
    return host.oracle.points.size() < 10 ? RAVINE_OK : RAVINE_STAGE_END;
  };
  ASSERT_EQ(host.run(), RAVINE_STAGE_END);
  const double f = host.f();
  host.oracle.verdict = nullptr;
  EXPECT_EQ(host.run(), RAVINE_CONVERGED);
  EXPECT_LT(host.f(), f);
}

TEST(NloptLbfgs, ComesThroughWhereFIsUndefined) {
  // (x - 1)^2 - log(2 - x) / 10 has a barrier at 2, which the first steps overshoot, and its
  // minimum near 0.95.
  Host host("nlopt_lbfgs", {{-30.0}, [](auto x, auto g) {
                              if (!g.empty()) g[0] = 2 * (x[0] - 1) + 0.1 / (2 - x[0]);
                              return (x[0] - 1) * (x[0] - 1) - std::log(2 - x[0]) / 10;
                            }});
  int refused = 0;
  host.oracle.verdict = [&](std::span<const double> x) {
    if (x[0] < 2) return RAVINE_OK;
    ++refused;
    return RAVINE_OUT_OF_DOMAIN;
  };
  EXPECT_EQ(host.run(), RAVINE_CONVERGED);
  EXPECT_GT(refused, 0);
  EXPECT_NEAR(2 * (host.x[0] - 1) + 0.1 / (2 - host.x[0]), 0, 1e-7);
}

TEST(NloptLbfgs, SaysSoWhereTheStartIsOutOfTheDomain) {
  Host host("nlopt_lbfgs", ravine::test::rosenbrock());
  host.oracle.verdict = [](std::span<const double>) { return RAVINE_OUT_OF_DOMAIN; };
  EXPECT_EQ(host.run(), RAVINE_OUT_OF_DOMAIN);
  EXPECT_EQ(host.x, host.oracle.objective.start);
}

TEST(NloptLbfgs, EndsWhereFIsNeverANumber) {
  Host host("nlopt_lbfgs", {{1, 2}, [](auto, auto g) {
                              for (double& v : g) v = std::nan("");
                              return std::nan("");
                            }});
  host.oracle.verdict = [&](std::span<const double>) {
    return host.oracle.points.size() < 1000 ? RAVINE_OK : RAVINE_STOP;
  };
  EXPECT_EQ(host.run(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(host.x, host.oracle.objective.start);
}

}  // namespace
