#include "results/store.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

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
