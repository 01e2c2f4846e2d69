// ravine trace: every iterate, to the bit, against iterates worked by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "tests/cli/ravine.hpp"

namespace ravine::test {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields(1);
  for (const char c : line)
    if (c == ',')
      fields.emplace_back();
    else
      fields.back() += c;
  return fields;
}

std::vector<Row> trace(const Sandbox& sandbox, const Sandbox::Words& more) {
  Sandbox::Words words{"trace"};
  words.insert(words.end(), more.begin(), more.end());
  const Outcome outcome = sandbox.ravine(words);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  std::istringstream lines(outcome.out);
  std::string line;
  std::getline(lines, line);
  const auto names = split(line);
  std::vector<Row> rows;
  while (std::getline(lines, line)) {
    const auto fields = split(line);
    EXPECT_EQ(fields.size(), names.size()) << line;
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < std::min(fields.size(), names.size()); ++i)
      row[names[i]] = fields[i];
  }
  return rows;
}

TEST(Trace, OfGradientDescentInOneDimensionIsExact) {
  // f(x) = x^2 / 2 from 1: x_k = (1 - rate)^k, a power of two for a rate of 1/2.
  const Sandbox sandbox;
  const auto rows =
      trace(sandbox, {"gradient_descent", "quadratic", "--problem-set", "n=1", "--problem-set",
                      "kappa=1", "--set", "learning_rate=0.5", "--steps", "30"});
  ASSERT_EQ(rows.size(), 31U);
  for (int k = 0; k <= 30; ++k) {
    const Row& row = rows[static_cast<std::size_t>(k)];
    EXPECT_EQ(row.at("iteration"), std::to_string(k));
    EXPECT_EQ(std::stod(row.at("x0")), std::ldexp(1, -k));
    EXPECT_EQ(std::stod(row.at("value")), std::ldexp(1, -2 * k - 1));
    EXPECT_EQ(std::stod(row.at("gradient_max_norm")), std::ldexp(1, -k));
    EXPECT_EQ(row.at("gradients"), std::to_string(k)) << "the judge is not charged";
    EXPECT_EQ(row.at("oracle_cost"), std::to_string(k));
    EXPECT_EQ(row.at("values"), "0");
  }
}

TEST(Trace, OfGradientDescentInTwoDimensionsIsExact) {
  // f = (u^2 + 2 v^2) / 2 from (3, 5), rate 1/4: u is multiplied by 3/4, v by 1/2, and twenty of
  // either are exact in 53 bits (3^20 * 3 < 2^34); so are the squares for the first twelve.
  const Sandbox sandbox;
  const auto rows =
      trace(sandbox, {"gradient_descent", "quadratic", "--problem-set", "n=2", "--problem-set",
                      "kappa=2", "--set", "learning_rate=0.25", "--x0", "3,5", "--steps", "12"});
  ASSERT_EQ(rows.size(), 13U);
  double u = 3, v = 5;
  for (const Row& row : rows) {
    EXPECT_EQ(std::stod(row.at("x0")), u);
    EXPECT_EQ(std::stod(row.at("x1")), v);
    EXPECT_EQ(std::stod(row.at("value")), 0.5 * (u * u + 2 * v * v));
    EXPECT_EQ(std::stod(row.at("gradient_max_norm")), std::fmax(u, 2 * v));
    u *= 0.75;
    v *= 0.5;
  }
}

TEST(Trace, HasSeventeenDigits) {
  const Sandbox sandbox;
  const auto rows =
      trace(sandbox, {"gradient_descent", "quadratic", "--problem-set", "n=1", "--problem-set",
                      "kappa=1", "--set", "learning_rate=0.1", "--steps", "1"});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].at("x0"), "0.90000000000000002");
}

TEST(Trace, TakesAnExpressionAndShowsAsManyCoordinatesAsAsked) {
  const Sandbox sandbox;
  const auto rows = trace(sandbox, {"gradient_descent", "quadratic", "--problem-set", "n=9",
                                    "--set", "learning_rate=2/(mu+L)", "--coordinates", "3"});
  ASSERT_EQ(rows.size(), 101U);
  EXPECT_TRUE(rows[0].contains("x2"));
  EXPECT_FALSE(rows[0].contains("x3"));
}

TEST(Trace, OfACrashShowsHowFarItGotAndSaysSo) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.ravine({"trace", "misbehaving", "quadratic", "--plugin",
                                          plugin_of_run("segfault_in_step"), "--steps", "9"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("died of SIGSEGV"), std::string::npos) << outcome.err;
  // The header, the start, and the two steps before the third.
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 4) << outcome.out;
}

TEST(Trace, IsNotMixedWithWhatThePluginPrints) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.ravine({"trace", "misbehaving", "quadratic", "--plugin",
                                          plugin_of_run("floods_output"), "--steps", "3"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 5) << outcome.out;
}

}  // namespace
}  // namespace ravine::test
