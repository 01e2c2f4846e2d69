// A problem with a box: the host projects x onto it after each step, tells the optimizer, and
// judges what is inside.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "harness/measure/oracle.hpp"
#include "harness/run/assemble.hpp"
#include "harness/worker/worker.hpp"
#include "tests/harness/support.hpp"

namespace {

using namespace ravine;

/// f(x) = x_0 + x_1 on [-1, 1] x [-2, inf): the minimum -3 is in a corner.
class Slope final : public problems::Problem {
 public:
  Slope() {
    facts_.family = "slope";
    facts_.n = 2;
    facts_.x0 = {0.5, 0.5};
    facts_.f_star = -3;
    facts_.lower = {-1, -2};
    facts_.upper = {1, std::numeric_limits<double>::infinity()};
    facts_.blocks = {{"x", 0, {2}}};
    facts_.stages = {{}};
  }
  [[nodiscard]] const problems::Facts& facts() const override { return facts_; }
  problems::Answer evaluate(const problems::Objective&, std::span<const double> x, double* value,
                            double* gradient) override {
    if (value != nullptr) *value = x[0] + x[1];
    if (gradient != nullptr) std::fill_n(gradient, 2, 1.0);
    return problems::Answer::ok;
  }

 private:
  problems::Facts facts_;
};

std::vector<std::uint64_t> flags_of_steps;

results::TrialRecord run_slope(const ravine_optimizer& optimizer, std::uint64_t iterations) {
  auto trial = test::quadratic(2);
  trial.budget_iterations = iterations;
  const test::TestPlugin plugin(optimizer);
  Slope problem;
  const harness::SharedArea area;
  harness::run_trial(trial, plugin, problem, *area, harness::now_ns());
  return harness::record_of(trial, plugin.info(), *area, {});
}

TEST(Box, StepsAreProjectedAndTheOptimizerIsTold) {
  flags_of_steps.clear();
  ravine_optimizer optimizer = test::blank_optimizer();
  optimizer.step = [](void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
    flags_of_steps.push_back(step->flags);
    const auto* bounds =
        static_cast<const ravine_bounds*>(oracle->extension(oracle, RAVINE_EXTENSION_BOUNDS));
    EXPECT_NE(bounds, nullptr);
    for (int i = 0; i < 2; ++i) {
      EXPECT_GE(x[i], bounds->lower[i]);
      EXPECT_LE(x[i], bounds->upper[i]);
      x[i] -= 1;
    }
    return RAVINE_OK;
  };
  const auto record = run_slope(optimizer, 5);
  // (0.5, 0.5), (-0.5, -0.5), (-1, -1.5) projected, (-1, -2) projected from then on.
  EXPECT_EQ(flags_of_steps,
            (std::vector<std::uint64_t>{0, 0, RAVINE_X_MOVED, RAVINE_X_MOVED, RAVINE_X_MOVED}));
  EXPECT_EQ(record.f_last, -3);
  ASSERT_EQ(record.notes.size(), 1U);
  EXPECT_NE(record.notes[0].find("box"), std::string::npos);
}

TEST(Box, InsideOfItNothingIsSaid) {
  ravine_optimizer optimizer = test::blank_optimizer();
  optimizer.step = [](void*, const ravine_oracle*, const ravine_step* step, double* x) {
    EXPECT_EQ(step->flags, 0U);
    x[0] *= 0.5;
    return RAVINE_OK;
  };
  const auto record = run_slope(optimizer, 3);
  EXPECT_EQ(record.f_last, 0.5625);
  EXPECT_TRUE(record.notes.empty());
}

TEST(Box, WhatIsReportedIsJudgedAtItsProjection) {
  ravine_optimizer optimizer = test::blank_optimizer();
  optimizer.traits = RAVINE_REPORTS_ITERATIONS;
  optimizer.run = [](void*, const ravine_oracle* oracle, const ravine_step*, double* x) {
    x[0] = x[1] = -10;
    const auto status = oracle->report(oracle, x);
    EXPECT_EQ(x[0], -10) << "the library's own point stays as it is";
    return status == RAVINE_OK ? RAVINE_CONVERGED : status;
  };
  EXPECT_EQ(run_slope(optimizer, 5).f_last, -3);
}

}  // namespace
