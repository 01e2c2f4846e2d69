// Iterates against references written independently from the papers' formulas (NumPy, checked
// against the libraries that have the method): the scripts in reference/, whose output the tables
// beside them are.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;

struct Row {
  std::string plugin, problem, settings;
  int steps = 0;
  double tolerance = 0;
  std::vector<double> x;
};

std::vector<Row> read_table(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    Row row;
    std::string steps, tolerance, x;
    std::getline(fields, row.plugin, ',');
    std::getline(fields, row.problem, ',');
    std::getline(fields, row.settings, ',');
    std::getline(fields, steps, ',');
    std::getline(fields, tolerance, ',');
    row.steps = std::stoi(steps);
    row.tolerance = std::stod(tolerance);
    // Streams do not read hexadecimal doubles.
    for (std::istringstream values(fields.str().substr(static_cast<std::size_t>(fields.tellg())));
         values >> x;)
      row.x.push_back(std::strtod(x.c_str(), nullptr));
    rows.push_back(row);
  }
  return rows;
}

/// The objective as the mean of gradients(x)'s rows, a sample's each, in batches of so many.
ravine::test::Objective in_batches(
    ravine::test::Objective whole, std::size_t count, std::size_t batch,
    std::function<void(std::size_t, std::span<const double>, std::span<double>)> gradient) {
  whole.samples = {count,
                   [gradient](std::size_t i, std::span<const double> x, std::span<double> g) {
                     if (!g.empty()) gradient(i, x, g);
                     return 0.0;  // nobody asks for a sample's value
                   },
                   batch};
  return whole;
}
// As finite_sums.py writes them.
ravine::test::Objective sum_problem(const std::string& name) {
  if (name == "net_in_batches") {
    auto net = ravine::test::small_net();
    net.samples.batch_size = 2;
    return net;
  }
  if (name == "quadratic_in_batches") {
    const auto lambda = ravine::test::spread_eigenvalues();
    const auto term = [lambda](std::size_t i, std::span<const double> x, std::span<double> g) {
      std::fill(g.begin(), g.end(), 0.0);
      g[i] = 10 * (lambda[i] * x[i]);
    };
    return in_batches(ravine::test::diagonal_quadratic(lambda), 10, 3, term);
  }
  const auto square = [](std::size_t i, std::span<const double> x, std::span<double> g) {
    const double a = x[1] - x[0] * x[0];
    g[0] = i == 0 ? 2 * (-400 * x[0] * a) : 2 * (-2 * (1 - x[0]));
    g[1] = i == 0 ? 2 * (200 * a) : 0;
  };
  if (name == "rosenbrock_in_batches") return in_batches(ravine::test::rosenbrock(), 2, 1, square);
  throw std::runtime_error("no problem named " + name);
}

/// The net and 1/2 x'x.
ravine::test::Objective net_plus_square() {
  ravine::test::Objective sum = ravine::test::small_net();
  sum.f = [net = sum.f](std::span<const double> x, std::span<double> g) {
    double value = net(x, g);
    for (std::size_t i = 0; i < g.size(); ++i) g[i] += x[i];
    for (const double v : x) value += v * v / 2;
    return value;
  };
  sum.hessian = [net = sum.hessian](std::span<const double> x, std::span<double> h) {
    net(x, h);
    for (std::size_t i = 0; i < x.size(); ++i) h[i * x.size() + i] += 1;
  };
  sum.squares = {};
  sum.samples = {};
  return sum;
}

ravine::test::Objective problem(const std::string& name) {
  if (name == "quadratic")
    return ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues());
  if (name == "dense_quadratic") return ravine::test::dense_quadratic();
  if (name == "coupled") return ravine::test::coupled_quadratic();
  if (name == "rosenbrock") return ravine::test::rosenbrock();
  if (name == "quartic") return ravine::test::quartic();
  if (name == "triple_root") return ravine::test::triple_root();
  if (name == "flat") return ravine::test::flat_coordinate();
  if (name == "net") return ravine::test::small_net();
  if (name == "net_plus_square") return net_plus_square();
  return sum_problem(name);
}

/// As Host::steps, each step on the next batch where the problem is one in batches.
void take_steps(Host& host, int count) {
  if (host.oracle.objective.samples.batch_size == 0) return host.steps(count);
  ravine_oracle& oracle = host.oracle.table();
  for (int k = 0; k < count; ++k) {
    std::uint64_t ticket = RAVINE_FULL;
    ASSERT_EQ(oracle.draw_batch(&oracle, &ticket), RAVINE_OK);
    ASSERT_EQ(host.step(1, ticket), RAVINE_OK) << "step " << k;
  }
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

class Iterates : public testing::TestWithParam<std::filesystem::path> {};

std::vector<std::filesystem::path> tables() {
  std::vector<std::filesystem::path> found;
  for (const auto& file : std::filesystem::directory_iterator(RAVINE_TEST_SOURCE_DIR "/reference"))
    if (file.path().extension() == ".csv") found.push_back(file.path());
  std::sort(found.begin(), found.end());
  return found;
}
INSTANTIATE_TEST_SUITE_P(Plugins, Iterates, testing::ValuesIn(tables()),
                         [](const auto& tested) { return tested.param.stem().string(); });

// Methods that converge to rounding end there: what is left to them is below this, relative to x
// or, where that vanishes, to the start.
constexpr double kArrived = 1e-6;

// A tolerance is the case's own: reference/common.py says where the usual one comes from.
TEST_P(Iterates, AgreeWithTheReference) {
  const std::vector<Row> rows = read_table(GetParam());
  ASSERT_FALSE(rows.empty());
  std::map<std::string, int> deepest;
  for (const Row& row : rows) {
    const std::string label = row.plugin + " " + row.problem + " " + row.settings;
    SCOPED_TRACE(label + " after " + std::to_string(row.steps));
    deepest[label] = std::max(deepest[label], row.steps);
    EXPECT_LE(row.tolerance, 1e-9);
    Host host(row.plugin, problem(row.problem), parse(row.settings));
    take_steps(host, row.steps);
    ASSERT_EQ(host.x.size(), row.x.size());
    double scale = 0;
    for (const double v : row.x) scale = std::max(scale, std::fabs(v));
    for (std::size_t i = 0; i < row.x.size(); ++i)
      EXPECT_NEAR(host.x[i], row.x[i], row.tolerance * scale) << "coordinate " << i;
  }
  // A reference that goes less deep has come to its end there, and so has the plugin.
  for (const Row& row : rows) {
    const std::string label = row.plugin + " " + row.problem + " " + row.settings;
    if (row.steps < deepest[label] || row.steps >= 100) continue;
    Host host(row.plugin, problem(row.problem), parse(row.settings));
    host.steps(row.steps);
    for (int k = row.steps; k < 100 && host.step() == RAVINE_OK;) ++k;
    double scale = 0;
    for (const double v : row.x) scale = std::max(scale, std::fabs(v));
    for (const double v : host.oracle.objective.start) scale = std::max(scale, std::fabs(v));
    for (std::size_t i = 0; i < row.x.size(); ++i)
      EXPECT_NEAR(host.x[i], row.x[i], kArrived * scale) << label << ", coordinate " << i;
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
