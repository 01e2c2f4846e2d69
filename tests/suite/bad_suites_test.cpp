// Mistakes, and what is said about each to the letter: bad_suites.txt holds blocks of a name, the
// suite, and the complaint without its "suite.toml:".
#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "harness/suite/parse.hpp"

namespace ravine::harness {
namespace {

struct BadSuite {
  std::string name;
  std::string text;
  std::string complaint;
};

std::ostream& operator<<(std::ostream& out, const BadSuite& suite) { return out << suite.name; }

std::vector<BadSuite> bad_suites() {
  std::ifstream file(RAVINE_SOURCE_DIR "/tests/suite/bad_suites.txt");
  std::vector<BadSuite> result;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("=== ")) {
      result.push_back({line.substr(4), "", ""});
    } else if (!result.empty() && line.starts_with("--> ")) {
      result.back().complaint = "suite.toml:" + line.substr(4);
    } else if (!result.empty() && result.back().complaint.empty()) {
      result.back().text += line + "\n";
    }
  }
  return result;
}

class BadSuites : public testing::TestWithParam<BadSuite> {};

TEST_P(BadSuites, AreAnsweredWithPlaceAndAdvice) {
  try {
    (void)parse_suite(GetParam().text, "suite.toml");
    FAIL() << "parsed, expected: " << GetParam().complaint;
  } catch (const UserError& error) {
    const std::string said = error.what();
    const std::string& wanted = GetParam().complaint;
    if (!wanted.ends_with("...")) {
      EXPECT_EQ(said, wanted);
    } else {
      EXPECT_EQ(said.substr(0, wanted.size() - 3), wanted.substr(0, wanted.size() - 3));
      EXPECT_GT(said.size(), wanted.size());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Table, BadSuites, testing::ValuesIn(bad_suites()),
                         [](const auto& instance) { return instance.param.name; });

TEST(BadSuitesTable, IsWholeAndItsNamesDiffer) {
  std::set<std::string> names;
  for (const BadSuite& suite : bad_suites()) {
    EXPECT_TRUE(names.insert(suite.name).second) << suite.name;
    EXPECT_FALSE(suite.complaint.empty()) << suite.name;
  }
  EXPECT_GE(names.size(), 90U);
}

}  // namespace
}  // namespace ravine::harness
