// Problems that come in stages, in step mode and in run mode.
#include <gtest/gtest.h>

#include <vector>

#include "harness/run/assemble.hpp"
#include "harness/worker/worker.hpp"
#include "tests/harness/support.hpp"

namespace {

using namespace ravine;

struct Log {
  std::vector<double> values;  // of f at the start point, one each time it was asked
  std::vector<ravine_stage> stages;
  std::vector<std::uint64_t> iterations_at_stage;
  std::uint64_t resets = 0, runs = 0;
};
Log seen;

harness::TrialSpec staged(std::uint64_t iterations) {
  harness::TrialSpec trial = test::plain_trial("rastrigin", iterations);
  trial.parameters["stages"] = {3, ""};
  trial.stage_iterations = 2;
  return trial;
}

results::TrialRecord run(const harness::TrialSpec& trial, const ravine_optimizer& optimizer) {
  seen = {};
  const test::TestPlugin plugin(optimizer);
  problems::DataSets data;
  harness::KeptProblem problem;
  const harness::SharedArea area;
  harness::run_trial(trial, plugin, problem.of(trial, data), *area, harness::now_ns());
  return harness::record_of(trial, plugin.info(), *area, {});
}

std::int32_t ask(const ravine_oracle* oracle, const ravine_step* step, const double* x) {
  double f = 0;
  const auto status = oracle->evaluate(oracle, step->ticket, x, &f, nullptr);
  if (status == RAVINE_OK) seen.values.push_back(f);
  return status;
}

ravine_optimizer stepping() {
  ravine_optimizer optimizer = test::blank_optimizer();
  optimizer.uses = RAVINE_VALUE;
  optimizer.step = [](void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
    return ask(oracle, step, x);
  };
  return optimizer;
}

TEST(Stages, ChangeTheObjectiveAfterTheirIterationsAndAreToldOf) {
  ravine_optimizer optimizer = stepping();
  optimizer.stage = [](void*, const ravine_stage* stage, const double*) {
    seen.stages.push_back(*stage);
    return std::int32_t{RAVINE_OK};
  };
  const auto record = run(staged(6), optimizer);
  ASSERT_EQ(seen.values.size(), 6U);
  EXPECT_EQ(seen.values[0], seen.values[1]);
  EXPECT_NE(seen.values[1], seen.values[2]);
  EXPECT_EQ(seen.values[2], seen.values[3]);
  EXPECT_NE(seen.values[3], seen.values[4]);
  ASSERT_EQ(seen.stages.size(), 2U);
  EXPECT_EQ(seen.stages[0].index, 1U);
  EXPECT_EQ(seen.stages[1].index, 2U);
  EXPECT_EQ(seen.stages[1].count, 3U);
  EXPECT_EQ(seen.stages[1].parameter, 0.0) << "the last stage is the objective that counts";
  // The judge sees the last stage's objective all along.
  EXPECT_EQ(record.f_last, seen.values[5]);
  EXPECT_EQ(record.trace[1].value, seen.values[5]);
  EXPECT_EQ(record.trace.back().stage, 2U);
  EXPECT_TRUE(record.notes.empty());
}

TEST(Stages, ResetAnOptimizerThatDoesNotTakeThem) {
  ravine_optimizer optimizer = stepping();
  optimizer.reset = [](void*, const double*) {
    ++seen.resets;
    return std::int32_t{RAVINE_OK};
  };
  const auto record = run(staged(6), optimizer);
  EXPECT_EQ(seen.resets, 2U);
  ASSERT_EQ(record.notes.size(), 1U);
  EXPECT_EQ(record.notes[0], "does not take stages: reset at the start of each");
}

TEST(Stages, AClaimOfConvergenceEndsAStageEarly) {
  ravine_optimizer optimizer = stepping();
  optimizer.stage = [](void*, const ravine_stage*, const double*) {
    return std::int32_t{RAVINE_OK};
  };
  optimizer.step = [](void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
    const auto status = ask(oracle, step, x);
    return status == RAVINE_OK ? RAVINE_CONVERGED : status;
  };
  const auto record = run(staged(100), optimizer);
  EXPECT_EQ(record.iterations, 3U);
  EXPECT_EQ(record.status, results::Status::converged_early);
}

TEST(Stages, RunIsCalledOnceForEach) {
  ravine_optimizer optimizer = test::blank_optimizer();
  optimizer.uses = RAVINE_VALUE;
  optimizer.traits = RAVINE_REPORTS_ITERATIONS;
  optimizer.run = [](void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
    ++seen.runs;
    std::int32_t status = RAVINE_OK;
    while (status == RAVINE_OK)
      if ((status = ask(oracle, step, x)) == RAVINE_OK) status = oracle->report(oracle, x);
    return status;
  };
  const auto record = run(staged(9), optimizer);
  EXPECT_EQ(seen.runs, 3U);
  std::vector<std::uint64_t> stages;
  for (const auto& point : record.trace) stages.push_back(point.stage);
  EXPECT_EQ(stages, (std::vector<std::uint64_t>{0, 0, 0, 1, 1, 2, 2, 2, 2, 2}));
  EXPECT_EQ(record.iterations, 9U);
  EXPECT_EQ(record.status, results::Status::budget);
  EXPECT_EQ(record.trace.back().stage, 2U);
}

TEST(Stages, ALibraryWithoutIterationsMovesOnByEvaluations) {
  ravine_optimizer optimizer = test::blank_optimizer();
  optimizer.uses = RAVINE_VALUE;
  optimizer.run = [](void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
    ++seen.runs;
    std::int32_t status = RAVINE_OK;
    while ((status = ask(oracle, step, x)) == RAVINE_OK) {
    }
    return status;
  };
  harness::TrialSpec trial = staged(1);
  trial.budget_oracle = 3;  // nine values of a third each
  (void)run(trial, optimizer);
  EXPECT_EQ(seen.runs, 3U);
  EXPECT_EQ(seen.values.size(), 9U);
}

}  // namespace
