// Schedules and averages on the command line and in the database.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <sstream>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

using Rows = std::vector<std::vector<double>>;

/// The numbers of a CSV, without its header, which must be this one; NaN where a field is empty.
Rows numbers(const Outcome& outcome, const std::string& header) {
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  std::istringstream lines(outcome.out);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, header);
  Rows rows;
  while (std::getline(lines, line)) {
    std::istringstream fields(line);
    auto& row = rows.emplace_back();
    for (std::string field; std::getline(fields, field, ',');)
      row.push_back(field.empty() ? std::nan("") : std::stod(field));
  }
  return rows;
}

TEST(TraceOfASchedule, HasItsMultiplierAtEveryStepAndTheOneBehindTheLast) {
  const Sandbox sandbox;
  const Rows rows = numbers(
      sandbox.ravine({"trace", "--schedule", "{ name = 'cosine', eta_min = 0.25, warmup = 10 }",
                      "--steps", "50", "--steps-per-epoch", "10"}),
      "step,epoch,multiplier");
  ASSERT_EQ(rows.size(), 51U);
  for (std::size_t k = 0; k <= 50; ++k) {
    const auto t = static_cast<double>(k);
    EXPECT_EQ(rows[k][0], t);
    EXPECT_EQ(rows[k][1], t / 10);
    const double wave = 0.25 + 0.75 * 0.5 * (1 + std::cos(std::acos(-1.0) * (t - 10) / 40));
    EXPECT_NEAR(rows[k][2], k < 10 ? t / 10 : wave, 1e-15) << k;
  }
  EXPECT_EQ(rows[50][2], 0.25);
}

TEST(TraceOfASchedule, CountsInEpochsWhereAsked) {
  const Sandbox sandbox;
  const Rows rows = numbers(sandbox.ravine({"trace", "--schedule", "exponential", "--steps", "9",
                                            "--steps-per-epoch", "3"}),
                            "step,epoch,multiplier");
  ASSERT_EQ(rows.size(), 10U);
  for (std::size_t k = 0; k <= 9; ++k) {
    const std::size_t epoch = k / 3;
    EXPECT_EQ(rows[k][2], std::pow(0.95, static_cast<double>(epoch))) << k;
  }
}

TEST(TraceOfASchedule, ThatFollowsARunNeedsOne) {
  const Sandbox sandbox;
  const Outcome alone = sandbox.ravine({"trace", "--schedule", "reduce_on_plateau"});
  EXPECT_EQ(alone.exit_code, 2);
  EXPECT_NE(alone.err.find("give an OPTIMIZER and a PROBLEM too"), std::string::npos) << alone.err;
  const Outcome nothing = sandbox.ravine({"trace"});
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_NE(nothing.err.find("ravine trace adam quadratic"), std::string::npos) << nothing.err;
}

constexpr const char* kColumns =
    "iteration,stage,value,gradient_max_norm,step_value,oracle_cost,values,gradients,hessian_"
    "vectors,hessians,samples";

TEST(Trace, ShowsTheMultiplierThatEachStepCarried) {
  // x <- (1 - m / 2) x from 1, m = 1, 1/2, 1/4, ...: exact for some steps.
  const Sandbox sandbox;
  const Rows rows =
      numbers(sandbox.ravine({"trace", "gradient_descent", "quadratic", "--problem-set", "n=1",
                              "--problem-set", "kappa=1", "--set", "learning_rate=0.5", "--steps",
                              "6", "--schedule", "{ name = 'exponential', gamma = 0.5 }"}),
              std::string(kColumns) + ",multiplier,x0");
  ASSERT_EQ(rows.size(), 7U);
  EXPECT_TRUE(std::isnan(rows[0][11])) << "no step leads to the start";
  double x = 1;
  for (std::size_t k = 1; k <= 6; ++k) {
    const double m = std::ldexp(1, 1 - static_cast<int>(k));
    x *= 1 - m / 2;
    EXPECT_EQ(rows[k][11], m);
    EXPECT_EQ(rows[k][12], x);
  }
}

TEST(Trace, ShowsANoisySeriesWithItsExponentialMeans) {
  const Sandbox sandbox;
  write_small_data(sandbox.other("images"));
  const Rows rows =
      numbers(sandbox.ravine({"trace", "gradient_descent", "mlp", "--data", sandbox.other("images"),
                              "--problem-set", "hidden=3", "--problem-set", "train=80",
                              "--problem-set", "test=40", "--batch", "10", "--steps", "30",
                              "--smooth", "0.9,0.5", "--coordinates", "0"}),
              std::string(kColumns) +
                  ",ema_0.9,ema_0.9_corrected,ema_0.5,ema_0.5_corrected,train_loss,test_loss,test_"
                  "accuracy");
  ASSERT_EQ(rows.size(), 31U);
  const double betas[] = {0.9, 0.5};
  for (std::size_t b = 0; b < 2; ++b) {
    double raw = 0;
    for (std::size_t k = 1; k <= 30; ++k) {
      raw = betas[b] * raw + (1 - betas[b]) * rows[k][4];
      const double weights = 1 - std::pow(betas[b], static_cast<double>(k));
      EXPECT_NEAR(rows[k][11 + 2 * b], raw, 1e-14) << k;
      EXPECT_NEAR(rows[k][12 + 2 * b], raw / weights, 1e-13) << k;
      if (k == 1) {
        EXPECT_DOUBLE_EQ(rows[1][12 + 2 * b], rows[1][4]);
      }
    }
  }
  EXPECT_LT(rows[1][11], 0.2 * rows[1][4]) << "the mean as it is begins at 0";
}

TEST(Trace, ShowsTheAverageOfTheIterates) {
  const Sandbox sandbox;
  const Rows rows =
      numbers(sandbox.ravine({"trace", "gradient_descent", "quadratic", "--problem-set", "n=1",
                              "--problem-set", "kappa=1", "--set", "learning_rate=0.5", "--steps",
                              "10", "--average", "polyak"}),
              std::string(kColumns) + ",x0");
  ASSERT_EQ(rows.size(), 11U);
  for (std::size_t k = 1; k <= 10; ++k) {
    const auto count = static_cast<double>(k);
    EXPECT_NEAR(rows[k][11], (1 - std::exp2(-count)) / count, 1e-15) << k;
  }
}

TEST(List, ShowsFormulasOfAllSchedulesAndParametersOfOne) {
  const Sandbox sandbox;
  const Outcome all = sandbox.ravine({"list", "schedules"});
  EXPECT_EQ(all.exit_code, 0);
  for (const char* part : {"constant\n", "m(t) = 1 / (1 + eta t)", "m(t) = k / sqrt(t + 1)",
                           "reduce_on_plateau\n", "warm_restarts\n"})
    EXPECT_NE(all.out.find(part), std::string::npos) << part;
  EXPECT_EQ(all.out.find("warmup_from"), std::string::npos);
  const Outcome one = sandbox.ravine({"list", "schedules", "cosine"});
  for (const char* part : {"cosine\n", "Loshchilov", "total            = (what the trial leaves)",
                           "eta_min          = 0                       in [0, 1]", "warmup_from"})
    EXPECT_NE(one.out.find(part), std::string::npos) << part << "\n" << one.out;
  const Outcome averages = sandbox.ravine({"list", "averages", "ema"});
  EXPECT_NE(averages.out.find("v_k / (1 - beta^k)"), std::string::npos) << averages.out;
}

TEST(List, ShowsParametersInColumnsHoweverLongTheirNamesAre) {
  const Sandbox sandbox;
  // adagrad has initial_accumulator; mlp's and cosine's longest names and defaults are other
  // parameters' too.
  const Sandbox::Words lists[] = {{"list", "optimizers", "adagrad"},
                                  {"list", "optimizers", "block_coordinate_descent"},
                                  {"list", "problems", "mlp"},
                                  {"list", "schedules", "cosine"},
                                  {"list", "averages", "ema"}};
  for (const Sandbox::Words& words : lists) {
    SCOPED_TRACE(words[2]);
    const Outcome list = sandbox.ravine(words);
    ASSERT_EQ(list.exit_code, 0) << list.err;
    std::set<std::size_t> equals, ins, tunes;
    std::istringstream lines(list.out);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t equal = line.find(" = ");
      const std::size_t in = line.find(" in ", equal);
      // Two rows a parameter; the first one has its name after four spaces.
      if (!line.starts_with("    ") || line[4] == ' ' || in == std::string::npos) continue;
      equals.insert(equal);
      ins.insert(in);
      if (const std::size_t tune = line.find(" tune "); tune != std::string::npos)
        tunes.insert(tune);
      EXPECT_NE(line.back(), ' ') << line;
    }
    EXPECT_EQ(equals.size(), 1U) << list.out;
    EXPECT_EQ(ins.size(), 1U) << list.out;
    EXPECT_LE(tunes.size(), 1U) << list.out;
  }
}

TEST(Tables, TellTrialsWithDifferentSchedulesApart) {
  const Sandbox sandbox;
  sandbox.write("suite.toml", R"([suite]
name = "schedules"
[budget]
iterations = 30
[targets]
relative = [1e-1]
[[problem]]
family = "quadratic"
set = { n = 5, kappa = 10 }
[[optimizer]]
id = "gradient_descent"
[[optimizer]]
id = "gradient_descent"
schedule = { name = "step", size = 10, gamma = [0.5, 0.9] }
[[optimizer]]
id = "gradient_descent"
average = { name = "ema", beta = 0.9 }
)");
  const Outcome run = sandbox.ravine({"run", "suite.toml", "--db", "schedules.db"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(sql(sandbox.work() / "schedules.db",
                "SELECT optimizer_label, schedule FROM trial ORDER BY optimizer_label"),
            "gradient_descent|constant\n"
            "gradient_descent average=ema|constant\n"
            "gradient_descent schedule=step schedule.gamma=0.5|"
            "step size=10 gamma=0.5 per=epoch warmup=0 warmup_from=0 warmup_shape=linear\n"
            "gradient_descent schedule=step schedule.gamma=0.9|"
            "step size=10 gamma=0.9 per=epoch warmup=0 warmup_from=0 warmup_shape=linear\n");
  EXPECT_NE(run.out.find("gradient_descent schedule=step schedule.gamma=0.9"), std::string::npos);
  EXPECT_NE(run.out.find("gradient_descent average=ema"), std::string::npos) << run.out;
}

}  // namespace
}  // namespace ravine::test
