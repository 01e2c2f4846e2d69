#include <gtest/gtest.h>

#include "results/tables/cells.hpp"
#include "results/tables/cost_table.hpp"
#include "results/tables/hits_table.hpp"
#include "results/tables/time_table.hpp"
#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

Dataset data_of(std::vector<TrialRecord> trials) { return {std::move(trials), {}, {}}; }

std::vector<std::string> texts(const std::vector<Cell>& row) {
  std::vector<std::string> all;
  all.reserve(row.size());
  for (const Cell& cell : row) all.push_back(cell.text);
  return all;
}

using Texts = std::vector<std::string>;

// The only table, in which rows are compared.
Table only(const std::vector<Table>& tables) {
  EXPECT_EQ(tables.size(), 1U);
  return tables.at(0);
}

bool any_contains(const std::vector<std::string>& lines, const std::string& part) {
  for (const std::string& line : lines) {
    if (line.find(part) != std::string::npos) return true;
  }
  return false;
}

TEST(Cells, Numbers) {
  EXPECT_EQ(format_count(12), "12");
  EXPECT_EQ(format_count(12.5), "12.5");
  EXPECT_EQ(format_count(4605171), "4605171");
  EXPECT_EQ(format_cost(12), "12");
  EXPECT_EQ(format_cost(37.0 / 3), "12.3");
  EXPECT_EQ(format_cost(99.96), "100");
  EXPECT_EQ(format_cost(1234.5678), "1235");
  EXPECT_EQ(format_tolerance(0.1), "1e-1");
  EXPECT_EQ(format_tolerance(1e-6), "1e-6");
  EXPECT_EQ(format_tolerance(1e-10), "1e-10");
  EXPECT_EQ(format_tolerance(2.5e-3), "2.5e-3");
}

TEST(Cells, TimesCarryTheirUnit) {
  EXPECT_EQ(format_seconds(std::nullopt), "");
  EXPECT_EQ(format_seconds(0.0), "0.00 ns");
  EXPECT_EQ(format_seconds(1.234e-9), "1.23 ns");
  EXPECT_EQ(format_seconds(123.4e-9), "123 ns");
  EXPECT_EQ(format_seconds(12.34e-6), "12.3 µs");
  EXPECT_EQ(format_seconds(999.6e-6), "1.00 ms");
  EXPECT_EQ(format_seconds(999.4e-6), "999 µs");
  EXPECT_EQ(format_seconds(12.0), "12.0 s");
  EXPECT_EQ(format_seconds(std::numeric_limits<double>::quiet_NaN()), "n/a");
}

TEST(HitsTable, MedianAndRangeOverSeeds) {
  const Table table = only(hits_tables(
      data_of({simple_record("gd", 1, {5, 30, 100}), simple_record("gd", 2, {5, 10, 300}),
               simple_record("gd", 3, {5, 20, 200})})));
  EXPECT_EQ(table.title, "valley (n = 2): iterations to each target, 3 runs each");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(texts(table.rows[0]), (Texts{"gd", "hit", "5", "20 [10–30]", "200 [100–300]"}));
  EXPECT_EQ(table.columns[4].header, "1e-6");
  EXPECT_EQ(table.columns[4].unit, "iterations");
  EXPECT_FALSE(table.how_to_read.empty());
  EXPECT_EQ(table.rows[0][2].style, CellStyle::plain) << "the best of one says nothing";
}

TEST(HitsTable, MissesAreMissesAndCounted) {
  const Table table =
      only(hits_tables(data_of({simple_record("gd", 1, {5, 30, 100}),
                                simple_record("gd", 2, {5, 10}), simple_record("gd", 3, {5})})));
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(texts(table.rows[0]),
            (Texts{"gd", "budget 2/3", "5", "30 [10–∞] 2/3", "— [100–∞] 1/3"}));
  EXPECT_EQ(table.rows[0][4].style, CellStyle::miss);
  EXPECT_TRUE(any_contains(table.legend, "2/3"));
}

TEST(HitsTable, AllMissed) {
  const Table table = only(hits_tables(data_of({simple_record("gd", 1, {})})));
  EXPECT_EQ(texts(table.rows.at(0)), (Texts{"gd", "budget", "—", "—", "—"}));
  EXPECT_TRUE(any_contains(table.legend, "missed"));
}

TEST(HitsTable, LibrariesWithoutIterationsAreNotAvailable) {
  TrialRecord library = simple_record("nlopt", 1, {3, 4});
  library.iterations.reset();
  std::erase_if(library.hits, [](const Hit& hit) { return hit.rule == HitRule::iterate; });
  for (Hit& hit : library.hits) hit.iteration.reset();
  const Dataset data = data_of({library});
  EXPECT_EQ(texts(only(hits_tables(data)).rows.at(0)),
            (Texts{"nlopt", "budget", "n/a", "n/a", "—"}));
  EXPECT_EQ(texts(only(cost_tables(data)).rows.at(0)), (Texts{"nlopt", "budget", "6", "8", "—"}));
}

TEST(HitsTable, TargetsMetAtTheStartAreMarked) {
  const Table table = only(
      hits_tables(data_of({simple_record("gd", 1, {0, 0, 8}), simple_record("gd", 2, {0, 4, 6})})));
  EXPECT_EQ(texts(table.rows.at(0)), (Texts{"gd", "hit", "start", "2 [0–4]*", "7 [6–8]"}));
  EXPECT_TRUE(any_contains(table.legend, "start"));
}

TEST(HitsTable, HitsBetweenTwoLooksOfTheJudge) {
  TrialRecord trial = simple_record("gd", 1, {10, 20, 30});
  trial.hits[0].iteration_after = 9;   // exact: it hit at 10
  trial.hits[2].iteration_after = 15;  // somewhere in 16 … 20
  const Table table = only(hits_tables(data_of({trial})));
  EXPECT_EQ(texts(table.rows.at(0)), (Texts{"gd", "hit", "10", "≤20", "30"}));
}

TEST(HitsTable, StatusesOtherThanHits) {
  TrialRecord crash = simple_record("crashing", 1, {5});
  crash.status = Status::crash;
  crash.reason = "died of SIGSEGV in step 7";
  TrialRecord unsupported = simple_record("newton", 1, {});
  unsupported.status = Status::unsupported;
  unsupported.reason = "needs a Hessian";
  TrialRecord slow = simple_record("slow", 1, {5, 6});
  slow.stopped_by_clock = true;
  TrialRecord lost = simple_record("slow", 2, {});
  lost.status = Status::infrastructure;
  lost.reason = "our disk was full";
  const Table table = only(hits_tables(data_of({crash, unsupported, slow, lost})));
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(texts(table.rows[0]), (Texts{"slow", "budget (clock)", "5", "6", "—"}));
  EXPECT_EQ(texts(table.rows[1]), (Texts{"crashing", "crash (SIGSEGV)", "5", "—", "—"}));
  EXPECT_EQ(texts(table.rows[2]), (Texts{"newton", "unsupported", "·", "·", "·"}));
  EXPECT_TRUE(any_contains(table.footnotes, "crashing: crash: died of SIGSEGV in step 7"));
  EXPECT_TRUE(any_contains(table.footnotes, "newton: unsupported: needs a Hessian"));
  EXPECT_TRUE(any_contains(table.footnotes, "1 void trial left out"));
  EXPECT_TRUE(any_contains(table.footnotes, "our disk was full"));
  EXPECT_TRUE(any_contains(table.legend, "(clock)"));
}

TEST(HitsTable, RunsThatDifferInMoreThanSeedAreNotMixed) {
  std::vector<TrialRecord> trials;
  for (const char* build : {"aaaaaaaa1111", "bbbbbbbb2222"}) {
    for (const std::uint64_t seed : {1U, 2U}) {
      trials.push_back(simple_record("mine", seed, {1, 2, build[0] == 'a' ? 9U : 5U}));
      trials.back().plugin_hash = build;
      trials.back().id += build;
    }
  }
  TrialRecord other = simple_record("mine", 1, {1, 2, 3});
  other.batch_size = 16;
  trials.push_back(other);
  const std::vector<Table> tables = hits_tables(data_of(trials));
  ASSERT_EQ(tables.size(), 2U);
  ASSERT_EQ(tables[0].rows.size(), 2U);
  EXPECT_EQ(texts(tables[0].rows[0]), (Texts{"mine (build bbbbbbbb)", "hit", "1", "2", "5"}));
  EXPECT_EQ(texts(tables[0].rows[1]), (Texts{"mine (build aaaaaaaa)", "hit", "1", "2", "9"}));
  EXPECT_EQ(tables[1].title, "valley (n = 2, batch 16): iterations to each target, 1 run each");
  EXPECT_EQ(texts(tables[1].rows.at(0)), (Texts{"mine", "hit", "1", "2", "3"}));
}

TEST(HitsTable, BestFirstAndMarked) {
  const Table table = only(hits_tables(data_of(
      {simple_record("slow", 1, {9, 90, 900}), simple_record("stuck", 1, {1}),
       simple_record("fast", 1, {9, 80, 800}), simple_record("also_fast", 1, {7, 70, 800})})));
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(table.rows[0][0].text, "also_fast");
  EXPECT_EQ(table.rows[1][0].text, "fast");
  EXPECT_EQ(table.rows[2][0].text, "slow");
  EXPECT_EQ(table.rows[3][0].text, "stuck");
  EXPECT_EQ(table.rows[0][4].style, CellStyle::best);
  EXPECT_EQ(table.rows[1][4].style, CellStyle::best) << "a tie";
  EXPECT_EQ(table.rows[2][4].style, CellStyle::plain);
  EXPECT_EQ(table.rows[3][2].style, CellStyle::best);
}

TEST(HitsTable, BelowTheRoundingFloorIsMarked) {
  TrialRecord trial = simple_record("gd", 1, {1, 2});
  trial.targets[2].below_floor = true;
  const Table table = only(hits_tables(data_of({trial})));
  EXPECT_EQ(table.columns.at(4).header, "1e-6°");
  EXPECT_TRUE(any_contains(table.legend, "rounding floor"));
}

TEST(HitsTable, RunsThatDisagreedAreNamed) {
  Dataset data = data_of({simple_record("gd", 1, {1, 2, 3})});
  data.measurements = {timed_measurement(data.trials[0], 1e-6),
                       timed_measurement(data.trials[0], 1e-6)};
  data.measurements[1].agrees = false;
  EXPECT_TRUE(any_contains(only(hits_tables(data)).footnotes, "gd: not reproducible: 1 of 2"));
}

TEST(CostTable, UsesTheEvaluationRule) {
  TrialRecord trial = simple_record("gd", 1, {5, 30, 100});
  for (Hit& hit : trial.hits) {
    if (hit.rule == HitRule::evaluation) hit.oracle_cost = 7.0 / 3;
  }
  const Table table = only(cost_tables(data_of({trial})));
  EXPECT_EQ(texts(table.rows.at(0)), (Texts{"gd", "hit", "2.3", "2.3", "2.3"}));
  EXPECT_EQ(table.columns[2].unit, "gradients");
}

TEST(TimeTable, SplitsTheStepAndKeepsMachinesApart) {
  Dataset data = data_of({simple_record("gd", 1, {1, 2, 3}), simple_record("gd", 2, {1, 2, 3}),
                          simple_record("gd", 3, {1, 2, 3}), simple_record("adam", 1, {1, 2, 3})});
  // Trial 1 has medians 1 and 3 µs, so 2; trial 2: 4; trial 3: 10. Their median is 4.
  for (const auto& [trial, unit] : {std::pair(0U, 1e-6), std::pair(0U, 3e-6), std::pair(1U, 4e-6),
                                    std::pair(2U, 10e-6), std::pair(3U, 1e-6)}) {
    data.measurements.push_back(timed_measurement(data.trials[trial], unit));
  }
  data.measurements.push_back(timed_measurement(data.trials[0], 1e-3, "m2"));
  data.machines = {{"m1", "Some CPU", "", "", "g++ 12", "-O2", "", "", 4}};
  const std::vector<Table> tables = time_tables(data);
  ASSERT_EQ(tables.size(), 2U);
  ASSERT_EQ(tables[0].rows.size(), 2U);
  EXPECT_EQ(texts(tables[0].rows[0]),
            (Texts{"adam", "1", "50", "3.00 µs", "1.00 µs", "2.00 µs", "6.00 µs", "100 ns"}));
  EXPECT_EQ(texts(tables[0].rows[1]),
            (Texts{"gd", "3", "200", "12.0 µs", "4.00 µs", "8.00 µs", "24.0 µs", "400 ns"}));
  EXPECT_TRUE(any_contains(tables[0].footnotes, "Some CPU"));
  ASSERT_EQ(tables[1].rows.size(), 1U);
  EXPECT_EQ(tables[1].rows[0][3].text, "3.00 ms");
  EXPECT_TRUE(any_contains(tables[1].footnotes, "m2"));
}

TEST(TimeTable, WithoutTimesItSaysSo) {
  const Table table = only(time_tables(data_of({simple_record("gd", 1, {1, 2, 3})})));
  EXPECT_TRUE(table.rows.empty());
  EXPECT_EQ(table.how_to_read, "No step of these trials was timed.");
}

TEST(Tables, OfNoTrialsAreOneSentence) {
  for (const auto& tables : {hits_tables({}), cost_tables({}), time_tables({})}) {
    const Table table = only(tables);
    EXPECT_TRUE(table.columns.empty());
    EXPECT_EQ(table.how_to_read, "No trials are stored yet: run a suite first.");
  }
}

TEST(Tables, OfVoidTrialsSayWhatWasLeftOut) {
  TrialRecord lost = simple_record("gd", 2, {});
  lost.status = Status::infrastructure;
  const Table table = only(hits_tables(data_of({lost})));
  EXPECT_TRUE(table.rows.empty());
  EXPECT_TRUE(any_contains(table.footnotes, "1 void trial left out"));
}

}  // namespace
}  // namespace ravine::results
