// The judge's rules, on a problem whose values are known by hand: f(x) = x^2 in one dimension, from
// the quadratic family with n = 1 (f = x^2 / 2, x0 = 1, f0 = 1/2).
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "harness/run/assemble.hpp"
#include "harness/worker/worker.hpp"
#include "tests/harness/support.hpp"

namespace {

using namespace ravine;
using results::HitRule;
using results::Status;
using test::find_hit;

using Step = decltype(ravine_optimizer::step);

harness::TrialSpec line_trial(std::uint64_t iterations) {
  harness::TrialSpec trial = test::plain_trial("quadratic", iterations);
  trial.parameters["n"] = {1, ""};
  trial.parameters["kappa"] = {1, ""};
  trial.targets = {{.name = "a", .metric = {}, .level = 0.25},
                   {.name = "b", .metric = {}, .level = 0.01}};
  return trial;
}

results::TrialRecord run(const harness::TrialSpec& trial, Step step,
                         void (*adapt)(ravine_optimizer&) = nullptr) {
  ravine_optimizer optimizer = test::blank_optimizer();
  optimizer.step = step;
  if (adapt != nullptr) adapt(optimizer);
  const test::TestPlugin plugin(optimizer);
  problems::DataSets data;
  harness::KeptProblem problem;
  const harness::SharedArea area;
  harness::run_trial(trial, plugin, problem.of(trial, data), *area, harness::now_ns());
  return harness::record_of(trial, plugin.info(), *area, {});
}

// Halves x and asks for the gradient at the point that it starts from: f falls by 4 each step.
std::int32_t halve(void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
  double g = 0;
  const auto status = oracle->evaluate(oracle, step->ticket, x, nullptr, &g);
  if (status == RAVINE_OK) *x -= 0.5 * g;
  return status;
}

TEST(Judge, HitsAreTheFirstIteratesAtOrBelowTheThreshold) {
  const auto record = run(line_trial(100), &halve);
  // f_k / f0 = 4^-k: 1/4 is met with equality at k = 1, 1/100 at k = 4 (1/256).
  EXPECT_EQ(record.status, Status::hit);
  EXPECT_EQ(find_hit(record, "a", HitRule::iterate)->iteration, 1U);
  EXPECT_EQ(find_hit(record, "b", HitRule::iterate)->iteration, 4U);
  // Step k + 1 evaluates x_k.
  EXPECT_EQ(find_hit(record, "a", HitRule::evaluation)->oracle_cost, 2.0);
  EXPECT_EQ(find_hit(record, "b", HitRule::evaluation)->oracle_cost, 5.0);
}

TEST(Judge, AThinnedJudgeRecordsTheIntervalOfAHit) {
  harness::TrialSpec trial = line_trial(100);
  trial.judge = {.every = 5, .first = 1};
  const auto record = run(trial, &halve);
  const auto* hit = find_hit(record, "b", HitRule::iterate);
  EXPECT_EQ(hit->iteration, 5U);
  EXPECT_EQ(hit->iteration_after, 1U);
}

TEST(Judge, AThinnedJudgeRecordsTheIntervalOfACost) {
  harness::TrialSpec trial = line_trial(100);
  trial.judge = {.every = 5, .first = 1};
  // Asks nothing of the full objective at its iterate: only the judge's looks can see a hit.
  const auto record =
      run(trial, [](void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
        double g = 0;
        const double elsewhere = 1e3;
        const auto status = oracle->evaluate(oracle, step->ticket, &elsewhere, nullptr, &g);
        if (status == RAVINE_OK) *x *= 0.5;
        return status;
      });
  const auto* hit = find_hit(record, "b", HitRule::iterate);
  ASSERT_NE(hit, nullptr);
  EXPECT_EQ(hit->iteration, 5U);
  EXPECT_EQ(hit->oracle_cost, 5.0);
  EXPECT_EQ(hit->oracle_cost_after.value_or(-1), 1.0);
  // 1/4 was met at iteration 1, where the judge looked at every iterate: nothing in between.
  EXPECT_FALSE(find_hit(record, "a", HitRule::iterate)->oracle_cost_after.has_value());
}

TEST(Judge, TargetsMetAtTheStartAreMarked) {
  harness::TrialSpec trial = line_trial(100);
  trial.targets[0].level = 1;
  const auto record = run(trial, &halve);
  EXPECT_TRUE(find_hit(record, "a", HitRule::iterate)->at_start);
  EXPECT_FALSE(find_hit(record, "b", HitRule::iterate)->at_start);
}

TEST(Judge, EvaluationsCountForTheCostRuleWhateverIsAccepted) {
  // Looks at the minimizer and never moves.
  const auto record =
      run(line_trial(10), [](void*, const ravine_oracle* oracle, const ravine_step* step, double*) {
        double f = 0;
        const double minimizer = 0;
        return oracle->evaluate(oracle, step->ticket, &minimizer, &f, nullptr);
      });
  EXPECT_EQ(record.status, Status::budget);
  EXPECT_EQ(find_hit(record, "b", HitRule::iterate), nullptr);
  EXPECT_DOUBLE_EQ(find_hit(record, "b", HitRule::evaluation)->oracle_cost, 1.0 / 3.0);
  EXPECT_EQ(record.counts.values, 10U);
}

TEST(Judge, GradientTargetsNeverDecideTheStatus) {
  harness::TrialSpec trial = line_trial(10);
  trial.targets = {{.name = "g",
                    .kind = results::TargetKind::gradient,
                    .metric = {},
                    .level = 0.1,
                    .decides = false}};
  const auto record = run(trial, &halve);
  EXPECT_EQ(record.status, Status::budget);
  // |g_k| = 2^-k <= 0.1 * max(1, |g_0|) first at k = 4.
  EXPECT_EQ(find_hit(record, "g", HitRule::iterate)->iteration, 4U);
}

TEST(Judge, DivergenceIsSeenAtAcceptedIteratesOnly) {
  // Probes NaN and goes on well.
  const auto probing = run(line_trial(100), [](void* self, const ravine_oracle* oracle,
                                               const ravine_step* step, double* x) {
    double f = 0;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    if (const auto status = oracle->evaluate(oracle, step->ticket, &nan, &f, nullptr);
        status != RAVINE_OK)
      return status;
    return halve(self, oracle, step, x);
  });
  EXPECT_EQ(probing.status, Status::hit);
  const auto lost =
      run(line_trial(100), [](void*, const ravine_oracle*, const ravine_step* step, double* x) {
        if (step->iteration == 3) *x = std::numeric_limits<double>::quiet_NaN();
        return std::int32_t{RAVINE_OK};
      });
  EXPECT_EQ(lost.status, Status::diverged);
  EXPECT_EQ(lost.iterations, 4U);
}

TEST(Judge, AnIterateAfterStopDoesNotCount) {
  harness::TrialSpec trial = line_trial(100);
  trial.budget_oracle = 2;
  // Moves although it was told to stop, and says that all is well.
  const auto record =
      run(trial, [](void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
        double g = 0;
        (void)oracle->evaluate(oracle, step->ticket, x, nullptr, &g);
        *x *= 0.9;
        return std::int32_t{RAVINE_OK};
      });
  EXPECT_EQ(record.status, Status::budget);
  EXPECT_EQ(record.iterations, 2U);
  EXPECT_DOUBLE_EQ(record.f_last.value(), 0.5 * std::pow(0.81, 2));
  EXPECT_EQ(record.oracle_cost, 2.0);
}

TEST(Judge, ALibraryWithoutIterationsIsJudgedByItsEvaluations) {
  const auto record = run(line_trial(100), nullptr, [](ravine_optimizer& optimizer) {
    optimizer.run = [](void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
      std::int32_t status = RAVINE_OK;
      while ((status = halve(nullptr, oracle, step, x)) == RAVINE_OK) {
      }
      return status;
    };
  });
  EXPECT_EQ(record.status, Status::hit);
  EXPECT_FALSE(record.iterations.has_value());
  EXPECT_FALSE(find_hit(record, "b", HitRule::evaluation)->iteration.has_value());
  EXPECT_EQ(find_hit(record, "b", HitRule::evaluation)->oracle_cost, 5.0);
  EXPECT_EQ(record.counts.gradients, 5U);
}

TEST(Judge, AClaimOfConvergenceIsRecordedAndJudged) {
  const auto early = run(line_trial(100), [](void*, const ravine_oracle*, const ravine_step*,
                                             double*) { return std::int32_t{RAVINE_CONVERGED}; });
  EXPECT_EQ(early.status, Status::converged_early);
  const auto right =
      run(line_trial(100), [](void*, const ravine_oracle*, const ravine_step*, double* x) {
        *x = 0;
        return std::int32_t{RAVINE_CONVERGED};
      });
  EXPECT_EQ(right.status, Status::hit);
}

}  // namespace
