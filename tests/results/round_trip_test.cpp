// Everything that is stored comes back as it was.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

// NaN equals NaN: every NaN is stored as one.
void expect_same(double a, double b, const char* what) {
  if (std::isnan(a) && std::isnan(b)) return;
  EXPECT_EQ(bits(a), bits(b)) << what << ": " << a << " and " << b;
}

void expect_same(const std::optional<double>& a, const std::optional<double>& b, const char* what) {
  ASSERT_EQ(a.has_value(), b.has_value()) << what;
  if (a) expect_same(*a, *b, what);
}

void expect_same(const std::vector<double>& a, const std::vector<double>& b, const char* what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  for (std::size_t i = 0; i < a.size(); ++i) expect_same(a[i], b[i], what);
}

void expect_same_scalars(const TrialRecord& a, const TrialRecord& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.meaning, b.meaning);
  EXPECT_EQ(a.suite, b.suite);
  EXPECT_EQ(a.suite_hash, b.suite_hash);
  EXPECT_EQ(a.optimizer, b.optimizer);
  EXPECT_EQ(a.optimizer_version, b.optimizer_version);
  EXPECT_EQ(a.optimizer_label, b.optimizer_label);
  EXPECT_EQ(a.settings, b.settings);
  EXPECT_EQ(a.problem, b.problem);
  EXPECT_EQ(a.problem_revision, b.problem_revision);
  EXPECT_EQ(a.problem_label, b.problem_label);
  EXPECT_EQ(a.parameters, b.parameters);
  EXPECT_EQ(a.instance, b.instance);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.batch_size, b.batch_size);
  EXPECT_EQ(a.n, b.n);
  EXPECT_EQ(a.instance_hash, b.instance_hash);
  EXPECT_EQ(a.plugin_hash, b.plugin_hash);
  EXPECT_EQ(a.protocol, b.protocol);
  EXPECT_EQ(a.budget_iterations, b.budget_iterations);
  EXPECT_EQ(a.schedule, b.schedule);
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(a.reason, b.reason);
  EXPECT_EQ(a.stopped_by_clock, b.stopped_by_clock);
  EXPECT_EQ(a.iterations, b.iterations);
  EXPECT_EQ(a.notes, b.notes);
  EXPECT_EQ(a.metric_names, b.metric_names);
}

void expect_same_numbers(const TrialRecord& a, const TrialRecord& b) {
  expect_same(a.budget_oracle, b.budget_oracle, "budget_oracle");
  expect_same(a.oracle_cost, b.oracle_cost, "oracle_cost");
  expect_same(a.f_start, b.f_start, "f_start");
  expect_same(a.f_star, b.f_star, "f_star");
  expect_same(a.f_best, b.f_best, "f_best");
  expect_same(a.f_last, b.f_last, "f_last");
  expect_same(a.gradient_norm_last, b.gradient_norm_last, "gradient_norm_last");
  expect_same(a.smallest_eigenvalue, b.smallest_eigenvalue, "smallest_eigenvalue");
  expect_same(a.overshoot, b.overshoot, "overshoot");
  EXPECT_EQ(a.saddle_steps, b.saddle_steps);
  EXPECT_EQ(a.ended, b.ended);
  EXPECT_EQ(a.ended_at, b.ended_at);
  EXPECT_EQ(a.counts.values, b.counts.values);
  EXPECT_EQ(a.counts.gradients, b.counts.gradients);
  EXPECT_EQ(a.counts.hessian_vectors, b.counts.hessian_vectors);
  EXPECT_EQ(a.counts.hessians, b.counts.hessians);
  EXPECT_EQ(a.counts.partials, b.counts.partials);
  EXPECT_EQ(a.counts.batches, b.counts.batches);
  EXPECT_EQ(a.counts.samples, b.counts.samples);
}

void expect_same_hits(const TrialRecord& a, const TrialRecord& b) {
  ASSERT_EQ(a.targets.size(), b.targets.size());
  for (std::size_t i = 0; i < a.targets.size(); ++i) {
    EXPECT_EQ(a.targets[i].name, b.targets[i].name);
    EXPECT_EQ(a.targets[i].kind, b.targets[i].kind);
    EXPECT_EQ(a.targets[i].metric, b.targets[i].metric);
    expect_same(a.targets[i].level, b.targets[i].level, "level");
    EXPECT_EQ(a.targets[i].decides, b.targets[i].decides);
    EXPECT_EQ(a.targets[i].below_floor, b.targets[i].below_floor);
  }
  ASSERT_EQ(a.hits.size(), b.hits.size());
  for (std::size_t i = 0; i < a.hits.size(); ++i) {
    EXPECT_EQ(a.hits[i].target, b.hits[i].target);
    EXPECT_EQ(a.hits[i].rule, b.hits[i].rule);
    EXPECT_EQ(a.hits[i].iteration, b.hits[i].iteration);
    EXPECT_EQ(a.hits[i].iteration_after, b.hits[i].iteration_after);
    expect_same(a.hits[i].oracle_cost, b.hits[i].oracle_cost, "hit oracle_cost");
    EXPECT_EQ(a.hits[i].oracle_cost_after, b.hits[i].oracle_cost_after);
    EXPECT_EQ(a.hits[i].at_start, b.hits[i].at_start);
    expect_same(a.hits[i].seconds, b.hits[i].seconds, "seconds");
    expect_same(a.hits[i].optimizer_seconds, b.hits[i].optimizer_seconds, "optimizer_seconds");
  }
}

void expect_same_trace(const TrialRecord& a, const TrialRecord& b) {
  ASSERT_EQ(a.trace.size(), b.trace.size());
  for (std::size_t i = 0; i < a.trace.size(); ++i) {
    EXPECT_EQ(a.trace[i].iteration, b.trace[i].iteration);
    EXPECT_EQ(a.trace[i].stage, b.trace[i].stage);
    expect_same(a.trace[i].oracle_cost, b.trace[i].oracle_cost, "trace oracle_cost");
    expect_same(a.trace[i].value, b.trace[i].value, "value");
    expect_same(a.trace[i].gradient_norm, b.trace[i].gradient_norm, "gradient_norm");
    expect_same(a.trace[i].step_value, b.trace[i].step_value, "step_value");
    expect_same(a.trace[i].metrics, b.trace[i].metrics, "metrics");
  }
  expect_same(a.best_point, b.best_point, "best_point");
}

TEST(RoundTrip, EveryFieldOfATrialComesBack) {
  const TemporaryFolder folder;
  const TrialRecord record = full_record();
  {
    Store store = Store::open(folder / "r.db", OpenMode::append);
    EXPECT_EQ(store.add(record, full_measurement()), Added::new_trial);
    store.close();
  }
  const Store store = Store::open(folder / "r.db", OpenMode::read_only);
  const auto read = store.trial(record.id);
  ASSERT_TRUE(read.has_value());
  expect_same_scalars(*read, record);
  expect_same_numbers(*read, record);
  expect_same_hits(*read, record);
  expect_same_trace(*read, record);
  const std::vector<TrialRecord> short_form = store.trials(Detail::hits);
  ASSERT_EQ(short_form.size(), 1U);
  expect_same_hits(short_form[0], record);
  EXPECT_TRUE(short_form[0].trace.empty());
  EXPECT_TRUE(short_form[0].best_point.empty());
  expect_same_trace(store.trials(Detail::full).at(0), record);
  EXPECT_FALSE(store.trial("another").has_value());
}

TEST(RoundTrip, AbsentOptionalsStayAbsentAndAreNotZero) {
  const TemporaryFolder folder;
  TrialRecord record;
  record.id = "bare";
  Store store = Store::open(folder / "r.db", OpenMode::append);
  record.status = Status::budget;
  store.add(record, {});
  const auto read = store.trial("bare");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->iterations, std::nullopt);
  EXPECT_EQ(read->f_start, std::nullopt);
  EXPECT_EQ(read->f_best, std::nullopt);
  EXPECT_TRUE(read->hits.empty());
  EXPECT_TRUE(read->best_point.empty());
}

TEST(RoundTrip, MeasurementAndMachineComeBack) {
  const TemporaryFolder folder;
  Store store = Store::open(folder / "r.db", OpenMode::append);
  store.add(full_provenance());
  store.add(full_provenance());  // known already
  store.add(full_record(), full_measurement());
  const std::vector<Measurement> all = store.measurements();
  ASSERT_EQ(all.size(), 1U);
  const Measurement& m = all[0];
  const Measurement expected = full_measurement();
  EXPECT_EQ(m.trial, full_record().id);
  EXPECT_EQ(m.repetition, 0U);
  EXPECT_EQ(m.machine, expected.machine);
  EXPECT_EQ(m.started_at, expected.started_at);
  expect_same(
      {m.wall_seconds, m.startup_seconds, m.optimizer_seconds, m.oracle_seconds, m.judge_seconds,
       m.averaging_seconds, m.recording_seconds, m.remainder_seconds, m.clock_cost_seconds},
      {1.5, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 1.29, 2.5e-8}, "accounts");
  EXPECT_FALSE(m.books_balance);
  EXPECT_EQ(m.state_bytes, 4096U);
  EXPECT_EQ(m.peak_memory_bytes, expected.peak_memory_bytes);
  EXPECT_TRUE(m.agrees);
  ASSERT_EQ(m.step_times.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const StepTime& got = m.step_times[i];
    const StepTime& want = expected.step_times[i];
    EXPECT_EQ(got.part, want.part);
    EXPECT_EQ(got.count, want.count);
    EXPECT_EQ(got.warmup_count, want.warmup_count);
    expect_same({got.mean, got.median, got.p90, got.p99, got.max, got.median_absolute_deviation,
                 got.warmup_mean},
                {want.mean, want.median, want.p90, want.p99, want.max,
                 want.median_absolute_deviation, want.warmup_mean},
                "step time");
  }
  const std::vector<HitTime> times = {{"relative 1e-01", HitRule::iterate, 0.5, 0.25},
                                      {"relative 1e-01", HitRule::evaluation, 0.125, 0.0625}};
  EXPECT_EQ(m.hit_times, times);

  ASSERT_EQ(store.machines().size(), 1U);
  EXPECT_EQ(store.machines()[0].cpu, "A CPU, 3.0 GHz");
  EXPECT_EQ(store.machines()[0].flags, "-O2 \"x\"");
  EXPECT_EQ(store.machines()[0].cores, 8U);
  const Dataset data = store.dataset();
  EXPECT_EQ(data.trials.size(), 1U);
  EXPECT_EQ(data.measurements.size(), 1U);
  EXPECT_EQ(data.machines.size(), 1U);
}

}  // namespace
}  // namespace ravine::results
