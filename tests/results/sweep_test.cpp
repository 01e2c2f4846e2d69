// Sweeps and endings as tables.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "results/tables/endings_table.hpp"
#include "results/tables/group.hpp"
#include "results/tables/metrics_table.hpp"
#include "results/tables/natural_order.hpp"
#include "results/tables/sweep_table.hpp"
#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

using Texts = std::vector<std::string>;

Texts column(const Table& table, std::size_t index) {
  Texts texts;
  for (const auto& row : table.rows) texts.push_back(row.at(index).text);
  return texts;
}

TrialRecord swept(const std::string& value, const std::vector<std::uint64_t>& iterations) {
  TrialRecord record = simple_record("descent learning_rate=" + value, 0, iterations);
  record.id += value;
  record.optimizer_entry = "descent";
  record.optimizer_swept = {{"learning_rate", value}};
  record.settings = {{"learning_rate", value}};
  return record;
}

TEST(NaturalOrder, ComparesNumbersAsNumbers) {
  const Texts sorted = {"batch=2",  "batch=16", "batch=128", "lr=0.9/L",
                        "lr=1.5/L", "lr=10/L",  "lr=1e3",    "lr=a"};
  for (std::size_t i = 0; i < sorted.size(); ++i)
    for (std::size_t j = 0; j < sorted.size(); ++j)
      EXPECT_EQ(natural_less(sorted[i], sorted[j]), i < j) << sorted[i] << " " << sorted[j];
}

TEST(Sweeps, AreTablesOverTheSweptValue) {
  const Dataset data{
      {swept("10/L", {}), swept("0.5/L", {20, 40, 60}), swept("1/L", {10, 20, 30})}, {}, {}};
  const auto tables = sweep_tables(data, {});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_NE(tables[0].title.find("descent over learning_rate"), std::string::npos);
  EXPECT_EQ(column(tables[0], 0), (Texts{"0.5/L", "1/L", "10/L"}));
  ASSERT_EQ(tables[0].columns[4].header, "1e-6");
  EXPECT_EQ(column(tables[0], 4), (Texts{"60", "30", "—"}));
}

TEST(Sweeps, OfTwoThingsAreAPlane) {
  Dataset data;
  for (const char* rate : {"1", "2"})
    for (const char* beta : {"0", "0.5", "0.9"}) {
      TrialRecord record = swept(rate, {1, 2, 3});
      record.id += beta;
      record.optimizer_label += std::string(" beta=") + beta;
      record.optimizer_swept.push_back({"beta", beta});
      if (std::string(rate) == "2") record.status = Status::diverged, record.hits.clear();
      data.trials.push_back(record);
    }
  const auto tables = sweep_tables(data, {});
  ASSERT_EQ(tables.size(), 1U);
  ASSERT_EQ(tables[0].columns.size(), 4U);
  EXPECT_EQ(tables[0].columns[3].header, "0.9");
  EXPECT_EQ(column(tables[0], 0), (Texts{"1", "2"}));
  EXPECT_EQ(column(tables[0], 2), (Texts{"3", "diverged"}));
}

/// On a quadratic with eigenvalues 1 and 10, with f - f* = rate^(2 k).
TrialRecord with_rate(const std::string& value, double rate) {
  TrialRecord record = swept(value, {1, 2, 3});
  record.optimizer = "gradient_descent";
  record.shape = "quadratic";
  record.schedule = "constant";
  record.constants = {{"mu", 1}, {"L", 10}, {"kappa", 10}};
  record.batch_size = 0;
  record.f_start = 1;
  record.f_star = 0;
  record.trace.clear();
  for (std::uint64_t k = 0; k <= 20; ++k) {
    TracePoint point;
    point.iteration = k;
    point.value = std::pow(rate, 2 * static_cast<double>(k));
    record.trace.push_back(point);
  }
  return record;
}

// Predicted: max |1 - alpha lambda|. Each beside its own row, whatever the order of the records.
TEST(Sweeps, HaveThePredictedRateBesideTheMeasuredOne) {
  const Dataset data{
      {with_rate("0.1", 0.9), with_rate("0.05", 0.95), with_rate("0.15", 0.85)}, {}, {}};
  const auto tables = sweep_tables(data, {});
  ASSERT_EQ(tables.size(), 1U);
  std::map<std::string, Texts> rates;
  for (std::size_t i = 0; i < tables[0].columns.size(); ++i)
    if (tables[0].columns[i].header == "rate")
      rates[tables[0].columns[i].unit] = column(tables[0], i);
  EXPECT_EQ(column(tables[0], 0), (Texts{"0.05", "0.1", "0.15"}));
  EXPECT_EQ(rates["predicted"], (Texts{"0.95", "0.9", "0.85"}));
  EXPECT_EQ(rates["measured"], (Texts{"0.95", "0.9", "0.85"}));
}

TEST(Sweeps, OfTwoThingsHaveAPlaneOfRates) {
  Dataset data;
  for (const char* rate : {"0.1", "0.05"})
    for (const char* beta : {"0", "0.5"}) {
      TrialRecord record = with_rate(rate, 1 - std::stod(rate) / (1 + std::stod(beta)));
      record.id += beta;
      record.optimizer_label += std::string(" beta=") + beta;
      record.optimizer_swept.push_back({"beta", beta});
      data.trials.push_back(record);
    }
  const auto tables = sweep_tables(data, {});
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(column(tables[1], 1), (Texts{"0.95 | 0.95", "0.9 | 0.9"}));
  EXPECT_EQ(column(tables[1], 2), (Texts{"0.95 | 0.9667", "0.9 | 0.9333"}));
}

TEST(Sweeps, OfAProblemStandUnderItsOptimizers) {
  Dataset data;
  for (const char* batch : {"16", "full", "4"}) {
    TrialRecord record = simple_record("adam", 0, {4, 5, 6});
    record.id += batch;
    record.problem_label = std::string("sum batch=") + batch;
    record.problem_entry = "sum";
    record.problem_swept = {{"batch", batch}};
    record.optimizer_entry = "adam";
    data.trials.push_back(record);
  }
  const auto tables = sweep_tables(data, {});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_NE(tables[0].title.find("sum: adam over batch"), std::string::npos);
  EXPECT_EQ(column(tables[0], 0), (Texts{"4", "16", "full"}));
}

TEST(Rows, AnExpressionIsOneSettingWhateverItsValue) {
  Dataset data;
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    TrialRecord record = simple_record("descent", seed, {4, 5, 6});
    record.settings = {{"learning_rate", seed == 0 ? "0.1" : "0.2"}};
    data.trials.push_back(record);
  }
  EXPECT_EQ(group_trials(data, {}).at(0).rows.size(), 2U) << "two settings under one label";
  for (TrialRecord& record : data.trials) record.expressions = {{"learning_rate", "1/L"}};
  EXPECT_EQ(group_trials(data, {}).at(0).rows.size(), 1U);
}

TEST(Sweeps, SayWhereThereIsNone) {
  const auto tables = sweep_tables({{simple_record("adam", 0, {4})}, {}, {}}, {});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_NE(tables[0].how_to_read.find("Nothing is swept"), std::string::npos);
}

TEST(Endings, AreSharesOfTheStarts) {
  Dataset data;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    TrialRecord record = simple_record("adam", seed, {4, 5, 6});
    record.ended = seed < 3 ? Ended::global_minimum : Ended::local_minimum;
    if (seed == 3) record.ended_at = "shallow well";
    record.saddle_steps = seed == 0 ? std::optional<std::uint64_t>(7) : std::nullopt;
    data.trials.push_back(record);
  }
  data.trials.push_back(simple_record("on batches", 0, {4}));
  data.trials.back().regret = 50;
  data.trials.back().iterations = 100;
  const auto tables = ending_tables(data, {});
  ASSERT_EQ(tables.size(), 1U);
  const Table& table = tables[0];
  ASSERT_GE(table.columns.size(), 5U);
  EXPECT_EQ(table.columns[2].header, "global minimum");
  EXPECT_EQ(table.columns[3].header, "shallow well");
  EXPECT_EQ(column(table, 2), (Texts{"75 %", "·"}));
  EXPECT_EQ(column(table, 3), (Texts{"25 %", "·"}));
  EXPECT_EQ(column(table, 4), (Texts{"7", ""}));
  EXPECT_EQ(table.columns.back().header, "regret");
  EXPECT_EQ(column(table, table.columns.size() - 1), (Texts{"", "0.5"}));
}

TEST(MetricTables, ShowTheLastFiniteValueOfWhateverAProblemRecords) {
  Dataset data;
  for (const double last : {0.5, 0.7, 0.9}) {
    TrialRecord record = simple_record("adam", data.trials.size(), {10});
    record.metric_names = {"accuracy", "gap"};
    record.trace = {{0, 0, 0, 1.0, 1.0, std::nullopt, {0.1, 3}},
                    {5, 0, 5, 1.0, 1.0, std::nullopt, {last, 2}},
                    {9, 0, 9, 1.0, 1.0, std::nullopt, {std::nan(""), 1}}};
    data.trials.push_back(record);
  }
  const auto tables = metric_tables(data, {});
  ASSERT_EQ(tables.size(), 1U);
  ASSERT_EQ(tables[0].columns.size(), 4U);
  EXPECT_EQ(tables[0].columns[2].header, "accuracy");
  EXPECT_EQ(column(tables[0], 2), Texts{"0.7"}) << "the median of what was last known";
  EXPECT_EQ(column(tables[0], 3), Texts{"1"});
  TableOptions options;
  options.metric = "gap";
  ASSERT_EQ(metric_tables(data, options)[0].columns.size(), 3U);
  options.metric = "nothing";
  EXPECT_TRUE(metric_tables(data, options)[0].rows.empty());
}

}  // namespace
}  // namespace ravine::results
