#include "results/store.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <filesystem>

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

TEST(Store, EveryFieldOfATrialComesBack) {
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

TEST(Store, AbsentOptionalsStayAbsentAndAreNotZero) {
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

TEST(Store, MeasurementAndMachineComeBack) {
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

TEST(Store, TheSameTrialAgainAddsAMeasurementOnly) {
  const TemporaryFolder folder;
  TrialRecord record = simple_record("gd", 1, {1, 2, 3});
  Store store = Store::open(folder / "r.db", OpenMode::append);
  EXPECT_EQ(store.add(record, timed_measurement(record, 1e-6)), Added::new_trial);
  record.hits[0].seconds = 9;  // of the clock: no disagreement
  record.suite = "another";
  EXPECT_EQ(store.add(record, timed_measurement(record, 2e-6)), Added::measurement);
  EXPECT_EQ(store.add(record, timed_measurement(record, 3e-6, "m2")), Added::measurement);
  const auto trials = store.trials();
  ASSERT_EQ(trials.size(), 1U);
  EXPECT_EQ(trials[0].suite, "");
  EXPECT_EQ(trials[0].hits[0].seconds, 0.5);  // of the first measurement
  const auto measurements = store.measurements();
  ASSERT_EQ(measurements.size(), 3U);
  EXPECT_EQ(measurements[0].repetition, 0U);
  EXPECT_EQ(measurements[2].repetition, 2U);
  EXPECT_EQ(measurements[2].machine, "m2");
  EXPECT_EQ(measurements[1].hit_times.at(0).seconds, 9);
  EXPECT_TRUE(measurements[1].agrees);
}

TEST(Store, HitTimesOfAMeasurementComeBeforeTheRecords) {
  const TemporaryFolder folder;
  const TrialRecord record = simple_record("gd", 1, {1, 2, 3});
  Measurement merged;
  merged.hit_times = {{"relative 1e-01", HitRule::iterate, 7, 6}};
  merged.repetition = 41;
  Store store = Store::open(folder / "r.db", OpenMode::append);
  store.add(record, merged);
  const auto measurements = store.measurements();
  ASSERT_EQ(measurements.size(), 1U);
  EXPECT_EQ(measurements[0].hit_times, merged.hit_times);
  EXPECT_EQ(measurements[0].repetition, 0U);
  const auto read = store.trial(record.id);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->hits.at(0).seconds, 7);
  EXPECT_TRUE(std::isnan(read->hits.at(1).seconds)) << "no time is not 0 seconds";
}

TEST(Store, AnotherOutcomeOfTheSameTrialIsMarked) {
  const TemporaryFolder folder;
  Store store = Store::open(folder / "r.db", OpenMode::append);
  const TrialRecord first = simple_record("gd", 1, {1, 2, 3});
  store.add(first, {});
  EXPECT_EQ(store.add(simple_record("gd", 1, {1, 2, 4}), {}), Added::disagreement);
  EXPECT_EQ(store.add(first, {}), Added::measurement);
  const auto measurements = store.measurements();
  ASSERT_EQ(measurements.size(), 3U);
  EXPECT_TRUE(measurements[0].agrees);
  EXPECT_FALSE(measurements[1].agrees);
  EXPECT_TRUE(measurements[2].agrees);
  EXPECT_EQ(store.trials().at(0).iterations, 3U) << "the first stands";
  TrialRecord by_clock = simple_record("gd", 1, {1});
  by_clock.stopped_by_clock = true;
  EXPECT_EQ(store.add(by_clock, {}), Added::measurement) << "the clock is not the seed's";
}

TEST(Store, VoidTrialsAreNotFinishedAndAreReplaced) {
  const TemporaryFolder folder;
  Store store = Store::open(folder / "r.db", OpenMode::append);
  TrialRecord lost = simple_record("gd", 1, {});
  lost.status = Status::infrastructure;
  store.add(lost, {});
  store.add(simple_record("adam", 1, {5, 6, 7}), {});
  EXPECT_FALSE(store.has("gd-1"));
  EXPECT_TRUE(store.has("adam-1"));
  EXPECT_FALSE(store.has("nobody"));
  EXPECT_EQ(store.finished_ids(), std::vector<std::string>{"adam-1"});
  EXPECT_EQ(store.add(simple_record("gd", 1, {1, 2, 3}), {}), Added::new_trial);
  EXPECT_EQ(store.add(lost, {}), Added::ignored);
  EXPECT_EQ(store.finished_ids(), (std::vector<std::string>{"adam-1", "gd-1"}));
  EXPECT_EQ(store.measurements().size(), 2U);
  EXPECT_EQ(store.trial("gd-1")->status, Status::hit);
}

TEST(Store, RemovingATrialRemovesAllOfIt) {
  const TemporaryFolder folder;
  Store store = Store::open(folder / "r.db", OpenMode::append);
  store.add(full_provenance());
  store.add(full_record("a"), full_measurement());
  store.add(full_record("b"), full_measurement());
  store.remove("a");
  store.remove("a");
  for (const char* table : {"trial", "target", "hit", "trace", "metric", "point", "measurement",
                            "hit_time", "step_time"}) {
    std::size_t rows = 0;
    store.rows(table, [&](const Columns& columns, const std::vector<Value>& values) {
      ++rows;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == "trial") {
          EXPECT_EQ(values[i], Value("b")) << table;
        } else if (columns[i] == "measurement") {
          EXPECT_EQ(values[i], Value(std::uint64_t{2})) << table;
        }
      }
    });
    EXPECT_GT(rows, 0U) << table;
  }
  EXPECT_FALSE(store.has("a"));
  EXPECT_TRUE(store.has("b"));
}

TEST(Store, GoesOnInAnExistingFile) {
  const TemporaryFolder folder;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    Store store = Store::open(folder / "r.db", OpenMode::append);
    EXPECT_EQ(store.finished_ids().size(), seed - 1);
    store.add(simple_record("gd", seed, {1, 2, 3}), {});
  }
  EXPECT_EQ(Store::open(folder / "r.db", OpenMode::read_only).trials().size(), 3U);
  EXPECT_FALSE(std::filesystem::exists(folder / "r.db-wal")) << "a single plain file is left";
  EXPECT_FALSE(std::filesystem::exists(folder / "r.db-shm"));
  EXPECT_FALSE(std::filesystem::exists(folder / "r.db-journal"));
}

TEST(Store, TrialsComeInAnOrderThatIsNotThatOfArrival) {
  const TemporaryFolder folder;
  Store store = Store::open(folder / "r.db", OpenMode::append);
  for (const std::uint64_t seed : {2U, 1U}) store.add(simple_record("gd", seed, {}), {});
  store.add(simple_record("adam", 7, {}), {});
  std::vector<std::string> ids;
  for (const TrialRecord& trial : store.trials()) ids.push_back(trial.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"adam-7", "gd-1", "gd-2"}));
}

TEST(Store, AFailedAddLeavesNothingOfTheTrial) {
  const TemporaryFolder folder;
  Store store = Store::open(folder / "r.db", OpenMode::append);
  store.add(simple_record("gd", 1, {1, 2, 3}), {});
  TrialRecord twice = simple_record("gd", 2, {1, 2, 3});
  twice.hits.push_back(twice.hits.front());  // the key of `hit` is broken late in the transaction
  EXPECT_EQ(error_of([&] { store.add(twice, {}); }), StoreErrorKind::other);
  TrialRecord unnamed = full_record("u");
  unnamed.metric_names.clear();
  EXPECT_EQ(error_of([&] { store.add(unnamed, {}); }), StoreErrorKind::other);
  EXPECT_EQ(store.finished_ids(), std::vector<std::string>{"gd-1"});
  store.add(simple_record("gd", 2, {1, 2, 3}), {});
  EXPECT_EQ(store.finished_ids().size(), 2U);
}

}  // namespace
}  // namespace ravine::results
