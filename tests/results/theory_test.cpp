// What theory says of a record, against closed forms, and what is measured of traces with a known
// rate.
#include "results/theory/statement.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "results/tables/theory_table.hpp"
#include "results/theory/facts.hpp"
#include "results/theory/spectral_radius.hpp"
#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

using theory::Relation;
using theory::Statement;

/// As a suite's records have it: reads back to the same number.
std::string full_text(double value) { return fmt::format("{}", value); }

/// On a quadratic with eigenvalues mu = 1 and L = kappa, from f(x0) = 1 down to f* = 0.
TrialRecord on_quadratic(const std::string& optimizer, double kappa,
                         std::vector<Setting> settings) {
  TrialRecord record = simple_record(optimizer, 0, {5, 10});
  record.shape = "quadratic";
  record.constants = {{"mu", 1}, {"L", kappa}, {"kappa", kappa}, {"distinct", 2}, {"R", 1.5}};
  record.settings = std::move(settings);
  record.schedule = "constant";
  record.batch_size = 0;
  record.f_start = 1;
  record.f_star = 0;
  record.trace.clear();
  return record;
}

/// f_k = first rate^(2 k).
void add_trace(TrialRecord& record, double rate, std::uint64_t steps, double first = 1) {
  for (std::uint64_t k = 0; k <= steps; ++k) {
    TracePoint point;
    point.iteration = k;
    point.value = first * std::pow(rate, 2 * static_cast<double>(k));
    record.trace.push_back(point);
  }
}

const Statement* find(const std::vector<Statement>& statements, const std::string& quantity) {
  const auto found = std::find_if(statements.begin(), statements.end(),
                                  [&](const Statement& s) { return s.quantity == quantity; });
  return found == statements.end() ? nullptr : &*found;
}

double predicted_rate(const TrialRecord& record) {
  const auto statements = theory::statements_of(record);
  const Statement* rate = find(statements, "rate per iteration");
  return rate == nullptr ? -1 : rate->predicted;
}

TEST(Theory, GradientDescentContractsByTheLargestFactor) {
  for (const double alpha : {0.05, 0.1, 0.15, 0.2, 0.22}) {
    const auto record =
        on_quadratic("gradient_descent", 10, {{"learning_rate", std::to_string(alpha)}});
    EXPECT_NEAR(predicted_rate(record), std::max(1 - alpha, std::fabs(1 - 10 * alpha)), 1e-15);
  }
}

// protocol.md, "Theory beside measurement": (kappa - 1) / (kappa + 1), (sqrt(kappa) - 1) /
// (sqrt(kappa) + 1), and for Nesterov's method 1 - 1 / sqrt(kappa) (its root at mu is double).
TEST(Theory, OptimalConstantsHaveTheClosedFormsRates) {
  for (const double kappa : {10.0, 100.0, 1e4}) {
    const double root = std::sqrt(kappa), q = (root - 1) / (root + 1);
    EXPECT_NEAR(predicted_rate(on_quadratic("gradient_descent", kappa,
                                            {{"learning_rate", full_text(2 / (1 + kappa))}})),
                (kappa - 1) / (kappa + 1), 1e-12);
    // A double root moves by the root of a rounding.
    const double two = 2 / (1 + root);
    EXPECT_NEAR(predicted_rate(on_quadratic("heavy_ball", kappa,
                                            {{"learning_rate", full_text(two * two)},
                                             {"beta", full_text(q * q)},
                                             {"form", "heavy_ball"}})),
                q, 1e-7);
    EXPECT_NEAR(predicted_rate(on_quadratic("nesterov", kappa,
                                            {{"learning_rate", full_text(1 / kappa)},
                                             {"beta", full_text(q)},
                                             {"form", "lookahead"},
                                             {"restart", "none"}})),
                1 - 1 / root, 1e-7);
  }
}

TEST(Theory, KeepsSilentWhereItsAssumptionsDoNotHold) {
  const auto plain = on_quadratic("gradient_descent", 10, {{"learning_rate", "0.1"}});
  EXPECT_GT(predicted_rate(plain), 0);
  auto changed = plain;
  changed.batch_size = 8;
  EXPECT_EQ(predicted_rate(changed), -1) << "a batch is another function";
  changed = plain;
  changed.schedule = "cosine total=100";
  EXPECT_EQ(predicted_rate(changed), -1);
  changed = plain;
  changed.settings.push_back({"weight_decay", "0.1"});
  EXPECT_EQ(predicted_rate(changed), -1);
  changed = plain;
  changed.settings.push_back({"average", "polyak"});
  EXPECT_EQ(predicted_rate(changed), -1);
  changed = plain;
  changed.shape = "convex";
  EXPECT_EQ(predicted_rate(changed), -1);
  changed = plain;
  changed.optimizer = "adam";
  EXPECT_EQ(predicted_rate(changed), -1);
  const std::vector<Setting> momentum = {
      {"learning_rate", "0.1"}, {"beta", "0.5"}, {"form", "heavy_ball"}, {"ramp", "no"}};
  changed = on_quadratic("heavy_ball", 10, momentum);
  EXPECT_GT(predicted_rate(changed), 0);
  changed.settings.back().value = "yes";
  EXPECT_EQ(predicted_rate(changed), -1) << "a momentum that changes";
}

TEST(Theory, ARateIsMeasuredFromTheTrace) {
  for (const double rate : {0.3, 0.9, 0.999, 1.0, 1.3}) {
    auto record = on_quadratic("gradient_descent", 10, {{"learning_rate", "0.1"}});
    add_trace(record, rate, 40);
    EXPECT_NEAR(*theory::measured_rate(record), rate, 1e-12) << rate;
  }
}

TEST(Theory, ARateIsOfTheSecondHalfAndStopsAtTheRoundings) {
  auto record = on_quadratic("gradient_descent", 10, {{"learning_rate", "0.1"}});
  add_trace(record, 0.5, 10);  // fast components first
  for (std::uint64_t k = 11; k <= 60; ++k) {
    TracePoint point;
    point.iteration = k;
    point.value = std::pow(0.25, 10) * std::pow(0.81, static_cast<double>(k - 10));
    record.trace.push_back(point);
  }
  for (std::uint64_t k = 61; k <= 100; ++k) {
    TracePoint point;
    point.iteration = k;
    point.value = 1e-14;  // where rounding holds it
    record.trace.push_back(point);
  }
  EXPECT_NEAR(*theory::measured_rate(record), 0.9, 1e-12);
}

TEST(Theory, ComponentsHaveRatesOfTheirOwn) {
  auto record = on_quadratic("gradient_descent", 10, {{"learning_rate", "0.08"}});
  record.constants["lambda_1"] = 1;
  record.constants["lambda_2"] = 10;
  record.metric_names = {"component_1", "component_2"};
  add_trace(record, 0.92, 50);
  for (TracePoint& point : record.trace) {
    const auto k = static_cast<double>(point.iteration);
    point.metrics = {std::pow(0.92, k), std::pow(0.2, k)};
  }
  const auto statements = theory::statements_of(record);
  for (const auto& [quantity, factor] :
       {std::pair("rate of lambda = 1", 0.92), std::pair("rate of lambda = 10", 0.2)}) {
    const Statement* s = find(statements, quantity);
    ASSERT_NE(s, nullptr) << quantity;
    EXPECT_NEAR(s->predicted, factor, 1e-15);
    EXPECT_NEAR(*s->measured, factor, 1e-12);
  }
}

TEST(Theory, IterationsToATargetFollowFromTheRate) {
  // (9 / 11)^(2 k) <= 1e-6 from k = 34.42 on.
  auto record = on_quadratic("gradient_descent", 10, {{"learning_rate", full_text(2.0 / 11)}});
  const auto statements = theory::statements_of(record);
  const Statement* s = find(statements, "iterations to 1e-06");
  ASSERT_NE(s, nullptr);
  EXPECT_EQ(s->relation, Relation::at_most);
  EXPECT_EQ(s->predicted, 35);
  EXPECT_FALSE(s->measured.has_value()) << "missed";
  EXPECT_EQ(find(statements, "iterations to 0.001")->measured, 10.0);
}

TEST(Theory, NewtonTakesOneStepAndConjugateGradientsAsManyAsEigenvalues) {
  EXPECT_EQ(find(theory::statements_of(on_quadratic("newton", 1e4, {})), "iterations to 1e-06")
                ->predicted,
            1);
  auto cg = on_quadratic("linear_cg", 1e4, {});
  cg.constants["distinct"] = 5;
  EXPECT_EQ(find(theory::statements_of(cg), "iterations to 1e-06")->predicted, 5);
  // At kappa = 4, q = 1/3: 4 (1/9)^k <= 1e-6 from k = 6.92 on, fewer than 100.
  cg = on_quadratic("linear_cg", 4, {});
  cg.constants["distinct"] = 100;
  EXPECT_EQ(find(theory::statements_of(cg), "iterations to 1e-06")->predicted, 7);
}

TEST(Theory, ABrokenBoundIsSeen) {
  auto record = on_quadratic("gradient_descent", 10, {{"learning_rate", "0.1"}});
  record.shape = "convex";
  add_trace(record, 1.0, 50);  // R^2 / (2 alpha k) = 0.225 at k = 50: f stays above
  const auto tables = theory_tables({{record}, {}, {}}, {});
  ASSERT_EQ(tables.size(), 1U);
  bool broken = false;
  for (const auto& row : tables[0].rows) broken = broken || row.back().text == "broken";
  EXPECT_TRUE(broken);
  record.trace.clear();
  add_trace(record, 0.9, 50);
  const auto sound = theory_tables({{record}, {}, {}}, {});
  for (const auto& row : sound.at(0).rows)
    EXPECT_EQ(row.back().text.find("broken"), std::string::npos);
}

TEST(Theory, AGradientsErrorFallsLikeTheRootOfTheBatch) {
  auto record = on_quadratic("adam", 10, {});
  record.batch_size = 25;
  record.batch_order = "replacement";
  record.constants["N"] = 101;
  record.gradient_noise = 2;
  record.gradient_error = 0.5;
  EXPECT_NEAR(find(theory::statements_of(record), "gradient error")->predicted, 0.4, 1e-15);
  record.batch_order = "shuffled";  // (101 - 25) / 100
  EXPECT_NEAR(find(theory::statements_of(record), "gradient error")->predicted,
              0.4 * std::sqrt(0.76), 1e-15);
}

TEST(Theory, SaysWhereItHasNothingToSay) {
  const auto tables = theory_tables({{simple_record("adam", 0, {5})}, {}, {}}, {});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_NE(tables[0].how_to_read.find("says nothing"), std::string::npos);
}

}  // namespace
}  // namespace ravine::results
