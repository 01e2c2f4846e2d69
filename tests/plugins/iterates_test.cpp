// Iterates against a reference written independently from the papers' formulas (NumPy;
// cross-checked with torch.optim): reference/iterates.py, whose output reference/iterates.csv is.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;

struct Row {
  std::string plugin, problem, settings;
  int steps = 0;
  std::vector<double> x;
};

std::vector<Row> read_table() {
  std::ifstream file(RAVINE_TEST_SOURCE_DIR "/reference/iterates.csv");
  std::string line;
  std::getline(file, line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    Row row;
    std::string steps;
    std::string x;
    std::getline(fields, row.plugin, ',');
    std::getline(fields, row.problem, ',');
    std::getline(fields, row.settings, ',');
    std::getline(fields, steps, ',');
    row.steps = std::stoi(steps);
    // Streams do not read hexadecimal doubles.
    for (std::istringstream values(fields.str().substr(static_cast<std::size_t>(fields.tellg())));
         values >> x;)
      row.x.push_back(std::strtod(x.c_str(), nullptr));
    rows.push_back(row);
  }
  return rows;
}

ravine::test::Objective problem(const std::string& name) {
  if (name == "quadratic")
    return ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues());
  if (name == "rosenbrock") return ravine::test::rosenbrock();
  if (name == "flat") return ravine::test::flat_coordinate();
  throw std::runtime_error("no problem named " + name);
}

ravine::test::Settings parse(const std::string& text) {
  ravine::test::Settings settings;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const auto equals = word.find('=');
    settings[word.substr(0, equals)] = std::stod(word.substr(equals + 1));
  }
  return settings;
}

// One rounding is 1.1e-16 of an iterate. 100 steps of some ten operations each, on methods that do
// not amplify errors here, stay below 1e3 of them; the rest of 1e-12 is room for the other order of
// operations and for 1 - beta^t, which the reference takes with its cancellation (1e-13 at
// beta = 0.999, t = 1).
constexpr double kTolerance = 1e-12;

TEST(Iterates, AgreeWithTheReference) {
  const std::vector<Row> rows = read_table();
  ASSERT_EQ(rows.size(), 90U);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.plugin + " " + row.problem + " " + row.settings + " after " +
                 std::to_string(row.steps));
    Host host(row.plugin, problem(row.problem), parse(row.settings));
    host.steps(row.steps);
    ASSERT_EQ(host.x.size(), row.x.size());
    double scale = 0;
    for (const double v : row.x) scale = std::max(scale, std::fabs(v));
    for (std::size_t i = 0; i < row.x.size(); ++i)
      EXPECT_NEAR(host.x[i], row.x[i], kTolerance * scale) << "coordinate " << i;
  }
}

TEST(Adam, FirstStepIsTheLearningRateWhateverTheGradient) {
  // |x_1 - x_0| = alpha |g| / (|g| + epsilon), with g_0 = -3 and g_2 = 8; g_1 = 0 stays put.
  Host host("adam", ravine::test::flat_coordinate(), {{"learning_rate", 0.25}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], 0.25 * 3 / (3 + 1e-8), 1e-15);
  EXPECT_EQ(host.x[1], 5);
  EXPECT_NEAR(host.x[2], 2 - 0.25 * 8 / (8 + 1e-8), 1e-15);
}

TEST(Adam, BetasOfZeroAreSignDescentUpToEpsilon) {
  Host host("adam", ravine::test::flat_coordinate(),
            {{"learning_rate", 0.25}, {"beta1", 0}, {"beta2", 0}});
  host.steps(2);
  EXPECT_NEAR(host.x[0], 0.5, 1e-8);
  EXPECT_NEAR(host.x[2], 1.5, 1e-8);
}

TEST(HeavyBall, WithoutMomentumIsGradientDescent) {
  for (const char* plugin : {"heavy_ball", "nesterov"}) {
    SCOPED_TRACE(plugin);
    Host momentum(plugin, ravine::test::rosenbrock(), {{"learning_rate", 1e-3}, {"beta", 0}});
    Host plain("gradient_descent", ravine::test::rosenbrock(), {{"learning_rate", 1e-3}});
    momentum.steps(50);
    plain.steps(50);
    EXPECT_EQ(momentum.x, plain.x);
  }
}

TEST(Nesterov, FormsAreOneMethodJudgedAtTwoPoints) {
  // The torch form's x_k is the look-ahead form's x_k + alpha beta v_k, and alpha v_k is
  // x_k - x_{k-1}: some roundings of x = 1 a step, 100 steps.
  const ravine::test::Settings rates{{"learning_rate", 5e-4}, {"beta", 0.9}};
  ravine::test::Settings torch = rates;
  torch["form"] = 1;
  Host ahead("nesterov", ravine::test::rosenbrock(), rates);
  Host at("nesterov", ravine::test::rosenbrock(), torch);
  for (int k = 0; k < 100; ++k) {
    const std::vector<double> before = ahead.x;
    ahead.steps(1);
    at.steps(1);
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_NEAR(at.x[i], ahead.x[i] + 0.9 * (ahead.x[i] - before[i]), 1e-12);
  }
}

TEST(Minimal, AgreesWithGradientDescentBitForBit) {
  Host c("minimal", ravine::test::rosenbrock(), {{"learning_rate", 1e-3}});
  Host cpp("gradient_descent", ravine::test::rosenbrock(), {{"learning_rate", 1e-3}});
  for (int k = 0; k < 200; ++k) {
    c.steps(1);
    cpp.steps(1);
    ASSERT_EQ(c.x, cpp.x) << "after step " << k;
  }
  EXPECT_LT(c.f(), 5);  // of 24.2: they moved
}

}  // namespace
