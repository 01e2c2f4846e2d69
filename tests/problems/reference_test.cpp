// Problems against references written independently from their papers (Python, in the arithmetic of
// mpmath): the scripts in reference/, whose output the tables beside them are. What the columns say
// stands in reference/common.py.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "problems/catalog.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

struct Row {
  std::string family, parameters, kind;
  Vector point;
  double value = 0;
  Vector gradient;
  double value_tolerance = 0, gradient_tolerance = 0;
};

// Streams do not read hexadecimal doubles.
double to_double(const std::string& text) {
  char* end = nullptr;
  const double result = std::strtod(text.c_str(), &end);
  EXPECT_EQ(*end, '\0') << "'" << text << "' is not a number";
  return result;
}

Vector numbers(const std::string& text) {
  Vector result;
  std::istringstream words(text);
  for (std::string word; words >> word;) result.push_back(to_double(word));
  return result;
}

std::vector<Row> read_table(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    const auto next = [&] {
      std::string field;
      std::getline(fields, field, ',');
      return field;
    };
    Row row;
    row.family = next();
    row.parameters = next();
    row.kind = next();
    row.point = numbers(next());
    row.value = to_double(next());
    row.gradient = numbers(next());
    row.value_tolerance = to_double(next());
    row.gradient_tolerance = to_double(next());
    rows.push_back(row);
  }
  return rows;
}

// "n=6 form=log": a number where the family's parameter is one, else a word.
Given parse(const Family& family, const std::string& text) {
  Given given;
  std::istringstream words(text);
  for (std::string pair; words >> pair;) {
    const auto equals = pair.find('=');
    const std::string name = pair.substr(0, equals), entry = pair.substr(equals + 1);
    const auto spec = std::ranges::find(family.parameters, name, &ParameterSpec::name);
    const bool is_number =
        spec != family.parameters.end() &&
        (spec->type == ParameterType::real || spec->type == ParameterType::integer);
    given[name] = is_number ? number(to_double(entry)) : word(entry);
  }
  return given;
}

// Some families compute their minimizers, to some units in the last place.
bool same(double a, double b) { return std::abs(a - b) <= 0x1p-50 * std::abs(b); }

bool same(const Vector& a, const Vector& b) {
  return std::ranges::equal(a, b, [](double s, double t) { return same(s, t); });
}

void expect_known(const Facts& facts, const Row& row) {
  if (row.kind == "start") {
    EXPECT_EQ(facts.x0, row.point);
  } else if (row.kind == "minimum") {
    EXPECT_TRUE(same(facts.x_star, row.point)) << ::testing::PrintToString(facts.x_star);
    ASSERT_TRUE(facts.f_star.has_value());
    EXPECT_TRUE(same(*facts.f_star, row.value)) << *facts.f_star << " for " << row.value;
  } else if (row.kind == "landmark") {
    EXPECT_TRUE(std::ranges::any_of(facts.landmarks,
                                    [&](const Landmark& landmark) {
                                      return same(landmark.x, row.point) &&
                                             same(landmark.f, row.value);
                                    }))
        << "no landmark at " << ::testing::PrintToString(row.point);
  } else {
    EXPECT_TRUE(row.kind == "generic" || row.kind == "first stage") << row.kind;
  }
}

class Reference : public ::testing::TestWithParam<std::filesystem::path> {};

std::vector<std::filesystem::path> tables() {
  std::vector<std::filesystem::path> found;
  for (const auto& file : std::filesystem::directory_iterator(RAVINE_TEST_PROBLEM_REFERENCES))
    if (file.path().extension() == ".csv") found.push_back(file.path());
  std::ranges::sort(found);
  return found;
}
INSTANTIATE_TEST_SUITE_P(Tables, Reference, ::testing::ValuesIn(tables()),
                         [](const auto& tested) { return tested.param.stem().string(); });

// A tolerance is the row's own: what rounding to doubles does to the formula there, times a margin.
// It must leave nine digits where the value or the slope is not a difference that vanishes.
TEST_P(Reference, AgreesInValueGradientStartAndMinima) {
  SmallData data;
  const std::vector<Row> rows = read_table(GetParam());
  ASSERT_FALSE(rows.empty());
  std::set<std::string> families, started;
  for (const Row& row : rows) {
    SCOPED_TRACE(::testing::Message() << row.family << " " << row.parameters << " " << row.kind
                                      << " " << ::testing::PrintToString(row.point));
    families.insert(row.family);
    const Family* family = find_family(row.family);
    if (family == nullptr) {
      ADD_FAILURE() << "no family named " << row.family;
      continue;
    }
    const auto problem = make(row.family, parse(*family, row.parameters), {}, data.sets());
    ASSERT_EQ(row.point.size(), problem->facts().n);
    ASSERT_EQ(row.gradient.size(), problem->facts().n);
    expect_known(problem->facts(), row);
    if (row.kind == "start") started.insert(row.family);
    if (row.kind == "start" || row.kind == "generic" || row.kind == "first stage") {
      EXPECT_LE(row.value_tolerance, 1e-9 * std::abs(row.value));
      EXPECT_LE(row.gradient_tolerance, 1e-9 * max_norm(row.gradient));
    }
    const std::uint64_t last = problem->facts().stages.size() - 1;
    const Objective asked{row.kind == "first stage" ? 0 : last};
    EXPECT_NEAR(value(*problem, asked, row.point), row.value, row.value_tolerance);
    const Vector g = gradient(*problem, asked, row.point);
    for (std::size_t i = 0; i < g.size(); ++i)
      EXPECT_NEAR(g[i], row.gradient[i], row.gradient_tolerance) << "df/dx" << i + 1;
  }
  EXPECT_EQ(families, started) << "a family lacks its start";
}

}  // namespace
}  // namespace ravine::problems::testing
