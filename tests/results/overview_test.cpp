#include "results/tables/overview_table.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "results/render/terminal.hpp"
#include "results/render/text.hpp"
#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

Dataset timed_data() {
  Dataset data;
  data.trials = {simple_record("lbfgs", 1, {3, 8, 12}), simple_record("lbfgs", 2, {3, 9, 14}),
                 simple_record("gd", 1, {20, 300, 5000}), simple_record("gd", 2, {24, 300})};
  for (const TrialRecord& trial : data.trials) {
    data.measurements.push_back(timed_measurement(trial, trial.optimizer == "gd" ? 1e-7 : 1e-6));
  }
  return data;
}

TEST(Overview, GoldenAtAHundredColumns) {
  const std::string expected =
      R"(valley (n = 2): 2 runs each
optimizer  status      1e-1  1e-3            1e-6  cost to 1e-6     step  optimizer   oracle
                                       iterations     gradients     time       time     time
────────────────────────────────────────────────────────────────────────────────────────────
lbfgs      hit            3   8.5      13 [12–14]            26  3.00 µs    1.00 µs  2.00 µs
gd         budget 1/2    22   300  — [5000–∞] 1/2         — 1/2   300 ns     100 ns   200 ns

Best first. Iterations to each target, oracle cost to the tightest one above the rounding floor, and
wall-clock per step with the optimizer's and the oracle's parts of it: medians over instances and
seeds, [lowest–highest] at the tightest; less is better.
  2/3  so many of the runs met the target; a miss counts as ∞, and — before it means that the median
  is one.
)";
  EXPECT_EQ(render_terminal(overview_tables(timed_data()), {100, false}), expected);
}

TEST(Overview, NoLineIsWiderThanTheTerminal) {
  Dataset data = timed_data();
  for (TrialRecord& trial : data.trials) {
    for (int power = 7; power < 17; ++power) {
      const double level = std::stod("1e-" + std::to_string(power));
      trial.targets.push_back(
          {"relative " + std::to_string(power), TargetKind::relative, "", level, true, false});
    }
    if (trial.optimizer == "gd") trial.optimizer_label = "gd(step_size=0.0123456789,momentum=0.95)";
  }
  for (const std::size_t width : {60U, 80U, 100U, 132U}) {
    const std::string text = render_terminal(overview_tables(data), {width, false});
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(display_width(line), width) << text;
    }
    EXPECT_NE(text.find("1e-16"), std::string::npos) << "the tightest target stays\n" << text;
    EXPECT_NE(text.find("Left out for want of width"), std::string::npos) << text;
  }
}

TEST(Overview, TimesOfSeveralMachinesAreLeftOut) {
  Dataset data = timed_data();
  data.measurements.push_back(timed_measurement(data.trials[0], 1e-3, "m2"));
  const std::vector<Table> tables = overview_tables(data);
  ASSERT_EQ(tables.size(), 1U);
  for (const Column& column : tables[0].columns) EXPECT_NE(column.header, "step");
  ASSERT_EQ(tables[0].footnotes.size(), 1U);
  EXPECT_NE(tables[0].footnotes[0].find("2 machines"), std::string::npos);
}

TEST(Overview, ATableForEachProblem) {
  Dataset data = timed_data();
  TrialRecord other = simple_record("lbfgs", 1, {1, 2, 3});
  other.problem_label = "bowl";
  other.id = "other";
  data.trials.push_back(other);
  const std::vector<Table> tables = overview_tables(data);
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0].title, "bowl (n = 2): 1 run each");
  EXPECT_EQ(tables[1].title, "valley (n = 2): 2 runs each");
}

TEST(Overview, ATrialWithoutTargetsStillHasItsStatus) {
  TrialRecord trial = simple_record("gd", 1, {});
  trial.targets.clear();
  const std::vector<Table> tables = overview_tables({{trial}, {}, {}});
  ASSERT_EQ(tables.size(), 1U);
  ASSERT_EQ(tables[0].rows.size(), 1U);
  ASSERT_EQ(tables[0].columns.size(), 2U);
  EXPECT_EQ(tables[0].rows[0][1].text, "budget");
}

TEST(Overview, OfNoTrialsIsOneSentence) {
  EXPECT_EQ(render_terminal(overview_tables({})),
            "No trials\nNo trials are stored yet: run a suite first.\n");
}

}  // namespace
}  // namespace ravine::results
