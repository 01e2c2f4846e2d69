#include "results/tables/summary.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

TEST(Summary, ARowForEachTarget) {
  Dataset data;
  data.trials = {simple_record("gd", 1, {0, 10, 100}), simple_record("gd", 2, {3, 20})};
  data.trials[1].stopped_by_clock = true;
  for (const TrialRecord& trial : data.trials) {
    data.measurements.push_back(timed_measurement(trial, 1e-6));
  }
  const std::vector<SummaryRow> rows = summarize(data);
  ASSERT_EQ(rows.size(), 3U);
  const SummaryRow& middle = rows[1];
  EXPECT_EQ(middle.problem, "valley");
  EXPECT_EQ(middle.optimizer, "gd");
  EXPECT_EQ(middle.n, 2U);
  EXPECT_EQ(middle.target, "relative 1e-03");
  EXPECT_EQ(middle.kind, "relative");
  EXPECT_EQ(middle.level, 1e-3);
  EXPECT_EQ(middle.runs, 2U);
  EXPECT_EQ(middle.hits, 2U);
  EXPECT_EQ(middle.iterations.median, 15);
  EXPECT_EQ(middle.iterations.minimum, 10);
  EXPECT_EQ(middle.iterations.maximum, 20);
  EXPECT_EQ(middle.oracle_cost.median, 30);
  EXPECT_EQ(middle.stopped_by_clock, 1U);
  EXPECT_EQ(middle.machine, "m1");
  EXPECT_EQ(middle.steps, 100U);
  EXPECT_DOUBLE_EQ(middle.step_seconds.value(), 3e-6);
  EXPECT_DOUBLE_EQ(middle.optimizer_seconds.value(), 1e-6);
  EXPECT_DOUBLE_EQ(middle.oracle_seconds.value(), 2e-6);
  EXPECT_EQ(rows[0].at_start, 1U);
  EXPECT_EQ(rows[2].hits, 1U);
  EXPECT_TRUE(std::isinf(rows[2].iterations.median.value()));
  EXPECT_EQ(rows[2].iterations.minimum, 100);
}

TEST(Summary, WhatIsNotThereIsEmpty) {
  TrialRecord library = simple_record("nlopt", 1, {3, 4, 5});
  library.iterations.reset();
  std::erase_if(library.hits, [](const Hit& hit) { return hit.rule == HitRule::iterate; });
  TrialRecord unsupported = simple_record("newton", 1, {});
  unsupported.status = Status::unsupported;
  const std::vector<SummaryRow> rows = summarize({{library, unsupported}, {}, {}});
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[0].optimizer, "nlopt");
  EXPECT_EQ(rows[0].hits, 0U);
  EXPECT_EQ(rows[0].hits_by_evaluation, 1U);
  EXPECT_EQ(rows[0].iterations.median, std::nullopt);
  EXPECT_EQ(rows[0].oracle_cost.median, 6);
  EXPECT_EQ(rows[0].step_seconds, std::nullopt);
  EXPECT_EQ(rows[0].steps, std::nullopt);
  EXPECT_EQ(rows[3].optimizer, "newton");
  EXPECT_EQ(rows[3].runs, 0U);
  EXPECT_EQ(rows[3].unsupported, 1U);
  EXPECT_EQ(rows[3].oracle_cost.median, std::nullopt);
  EXPECT_TRUE(summarize({}).empty());
}

TEST(Summary, MetricsJudgedAtIteratesAloneHaveACost) {
  TrialRecord net = simple_record("adam", 1, {});
  net.targets = {{"test_accuracy 0.8", TargetKind::metric, "test_accuracy", 0.8, true, false}};
  net.hits = {{"test_accuracy 0.8", HitRule::iterate, 40, 30, 12.5, false, 1, 1, {}}};
  const std::vector<SummaryRow> rows = summarize({{net}, {}, {}});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].oracle_cost.median, 12.5);
  EXPECT_EQ(rows[0].iterations.median, 40);
}

}  // namespace
}  // namespace ravine::results
