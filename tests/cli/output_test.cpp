// Tables and rows for people and for other programs.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// RFC 4180. A field in which a quote is not doubled, or that is not closed, fails the test.
Rows parse_csv(const std::string& text) {
  Rows rows(1);
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      field += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
      field += c;
    } else if (c != '\r') {
      rows.back().push_back(std::exchange(field, ""));
      if (c == '\n') rows.emplace_back();
    }
  }
  EXPECT_FALSE(quoted) << "a field is not closed";
  EXPECT_TRUE(rows.back().empty()) << "the last line has no end";
  rows.pop_back();
  return rows;
}

class Output : public testing::Test {
 protected:
  Output() {
    sandbox.write("small.toml", small_suite());
    EXPECT_EQ(sandbox.ravine({"run", "small.toml"}).exit_code, 0);
  }
  std::string out_of(const Sandbox::Words& words) const {
    const Outcome outcome = sandbox.ravine(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    return outcome.out;
  }
  Sandbox sandbox;
};

TEST_F(Output, TablesShowEveryOptimizerInEveryFormat) {
  for (const char* kind : {"overview", "iterations", "cost", "time"})
    for (const char* format : {"terminal", "markdown"}) {
      const std::string text = out_of({"table", "small.db", "--show", kind, "--format", format});
      const bool markdown = format == std::string("markdown");
      for (const char* name :
           {"bowl", "oval", "adam", "lbfgs", markdown ? "gradient\\_descent" : "gradient_descent"})
        EXPECT_NE(text.find(name), std::string::npos) << kind << " " << format << ":\n" << text;
      EXPECT_EQ(text.find('\033'), std::string::npos) << "colours, and not on a terminal";
      EXPECT_EQ(text.find("\n| ") != std::string::npos, markdown) << text;
    }
}

TEST_F(Output, PatternsChooseRowsAsTheyChooseTrials) {
  const auto table = [&](const char* option, const char* pattern) {
    return out_of({"table", "small.db", "--format", "csv", option, pattern});
  };
  EXPECT_EQ(table("--problem", "b*"), table("--problem", "bowl"));
  EXPECT_EQ(table("--problem", "?owl"), table("--problem", "bowl"));
  EXPECT_EQ(table("--problem", "*"), out_of({"table", "small.db", "--format", "csv"}));
  EXPECT_EQ(table("--optimizer", "gradient*"), table("--optimizer", "gradient_descent"));
  const Outcome none = sandbox.ravine({"table", "small.db", "--problem", "w*"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_NE(none.err.find("There is no problem \"w*\""), std::string::npos) << none.err;
}

TEST_F(Output, TheTableAsCsvHasARowAProblemOptimizerAndTarget) {
  const Rows rows = parse_csv(out_of({"table", "small.db", "--format", "csv"}));
  EXPECT_EQ(rows.size(), 1U + 2U * 3U * 2U);
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
}

TEST_F(Output, EveryTableIsExportedWholeAsCsvAndJsonLines) {
  for (const char* table : {"trials", "trial", "target", "hit", "trace", "metric", "point",
                            "measurement", "hit_time", "step_time", "provenance"}) {
    const std::size_t count =
        std::stoul(sql(sandbox.work() / "small.db", std::string("SELECT count(*) FROM ") + table));
    EXPECT_EQ(count > 0, table != std::string("metric")) << table;  // quadratics have none
    const Rows rows = parse_csv(out_of({"export", "small.db", "--table", table}));
    ASSERT_EQ(rows.size(), count + 1) << table;
    for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size()) << table;

    std::istringstream lines(out_of({"export", "small.db", "--table", table, "--format", "jsonl"}));
    std::size_t objects = 0;
    for (std::string line; std::getline(lines, line); ++objects) {
      const auto object = nlohmann::json::parse(line);
      EXPECT_EQ(object.size(), rows[0].size()) << line;
      for (const std::string& column : rows[0]) EXPECT_TRUE(object.contains(column)) << line;
    }
    EXPECT_EQ(objects, count) << table;
  }
}

TEST_F(Output, AnExportedNumberIsTheStoredOneToTheBit) {
  const Rows rows = parse_csv(out_of({"export", "small.db", "--table", "trace"}));
  const auto column = static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), "value") -
                                               rows[0].begin());
  ASSERT_LT(column, rows[0].size());
  std::istringstream stored(
      sql(sandbox.work() / "small.db", "SELECT value FROM trace ORDER BY trial, position"));
  for (std::size_t i = 1; i < rows.size(); ++i) {
    std::string value;
    ASSERT_TRUE(std::getline(stored, value));
    EXPECT_EQ(std::stod(rows[i][column]), std::stod(value));
  }
}

TEST_F(Output, IntoAFileItIsTheSameAndAFileThatCannotBeIsRefused) {
  const std::string text = out_of({"export", "small.db", "--table", "hit"});
  EXPECT_EQ(out_of({"export", "small.db", "--table", "hit", "-o", "hits.csv"}), "");
  EXPECT_EQ(read_file(sandbox.work() / "hits.csv"), text);
  const Outcome refused = sandbox.ravine({"export", "small.db", "-o", "nowhere/hits.csv"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("nowhere/hits.csv: cannot be written"), std::string::npos)
      << refused.err;
}

}  // namespace
}  // namespace ravine::test
