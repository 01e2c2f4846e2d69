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

ravine::test::Objective problem(const std::string& name) {
  if (name == "quadratic")
    return ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues());
  if (name == "dense_quadratic") return ravine::test::dense_quadratic();
  if (name == "coupled") return ravine::test::coupled_quadratic();
  if (name == "rosenbrock") return ravine::test::rosenbrock();
  if (name == "flat") return ravine::test::flat_coordinate();
  if (name == "net") return ravine::test::small_net();
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

// Methods that converge to rounding end there: what is left to them is below this, relative.
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
    host.steps(row.steps);
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
