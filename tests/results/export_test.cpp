#include "results/export.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "results/csv.hpp"
#include "results/schema.hpp"
#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

using Lines = std::vector<std::vector<std::string>>;

// An RFC 4180 reader, strict: CR LF ends a line, quotes are doubled.
Lines parse_csv(const std::string& text) {
  Lines lines;
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      fields.back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      fields.emplace_back();
    } else if (!quoted && c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      lines.push_back(fields);
      fields.assign(1, "");
      ++i;
    } else {
      fields.back() += c;
    }
  }
  EXPECT_FALSE(quoted) << "a quote is not closed";
  EXPECT_EQ(fields, std::vector<std::string>{""}) << "the last line is not ended";
  return lines;
}

class Export : public testing::Test {
 protected:
  void SetUp() override {
    store_.add(full_provenance());
    store_.add(full_record(), full_measurement());
    store_.add(simple_record("gd", 1, {1, 2}), {});
  }
  std::string text(std::string_view table, ExportFormat format) {
    std::ostringstream out;
    export_rows(store_, table, format, out);
    return out.str();
  }
  // A field of the row in which `key` is `value`.
  std::string field(std::string_view table, const std::string& key, const std::string& value,
                    const std::string& wanted) {
    const Lines lines = parse_csv(text(table, ExportFormat::csv));
    const auto column = [&](const std::string& name) {
      return static_cast<std::size_t>(std::find(lines[0].begin(), lines[0].end(), name) -
                                      lines[0].begin());
    };
    for (const auto& line : lines) {
      if (line.at(column(key)) == value) return line.at(column(wanted));
    }
    return "no such row";
  }
  TemporaryFolder folder_;
  Store store_ = Store::open(folder_ / "r.db", OpenMode::append);
};

TEST_F(Export, CsvParsesBackToWhatWasStored) {
  const TrialRecord r = full_record();
  EXPECT_EQ(field("trial", "id", r.id, "optimizer_label"), r.optimizer_label);
  EXPECT_EQ(field("trial", "id", r.id, "problem_label"), r.problem_label);
  EXPECT_EQ(field("trial", "id", r.id, "optimizer_version"), r.optimizer_version);
  EXPECT_EQ(field("trial", "id", r.id, "seed"), "18446744073709551615");
  EXPECT_EQ(field("trial", "id", r.id, "budget_oracle"), "Inf");
  EXPECT_EQ(field("trial", "id", r.id, "f_best"), "-Inf");
  EXPECT_EQ(field("trial", "id", r.id, "f_last"), "NaN");
  EXPECT_EQ(field("trial", "id", "gd-1", "f_last"), "");
  EXPECT_EQ(std::stod(field("trial", "id", r.id, "oracle_cost")), r.oracle_cost);
  EXPECT_EQ(field("point", "trial", r.id, "x"), "1 -0 NaN Inf 5e-324");
}

TEST_F(Export, EveryTableInBothFormatsHasItsRows) {
  const std::vector<std::pair<std::string, std::size_t>> rows = {
      {"trials", 2},   {"trial", 2},     {"target", 6},    {"hit", 6},
      {"trace", 4},    {"metric", 5},    {"point", 1},     {"measurement", 2},
      {"hit_time", 6}, {"step_time", 2}, {"provenance", 1}};
  ASSERT_EQ(rows.size(), table_names().size());
  for (const auto& [table, count] : rows) {
    const Lines lines = parse_csv(text(table, ExportFormat::csv));
    ASSERT_EQ(lines.size(), count + 1) << table;
    for (const auto& line : lines) EXPECT_EQ(line.size(), lines[0].size()) << table;
    const std::string json = text(table, ExportFormat::json_lines);
    EXPECT_EQ(static_cast<std::size_t>(std::count(json.begin(), json.end(), '\n')), count) << table;
    std::istringstream in(json);
    for (std::string line; std::getline(in, line);) {
      EXPECT_TRUE(nlohmann::json::accept(line)) << line;
    }
  }
}

TEST_F(Export, JsonKeepsTypes) {
  std::istringstream in(text("trial", ExportFormat::json_lines));
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  const auto json = nlohmann::json::parse(line);
  const TrialRecord r = full_record();
  EXPECT_EQ(json["optimizer_label"], r.optimizer_label);
  EXPECT_EQ(json["seed"].get<std::uint64_t>(), r.seed);
  EXPECT_EQ(json["oracle_cost"].get<double>(), r.oracle_cost);
  EXPECT_EQ(json["f_last"], "NaN");
  EXPECT_EQ(json["f_best"], "-Inf");
  EXPECT_EQ(json["settings"]["step_size"], "0.1");
  EXPECT_EQ(json["settings"]["alpha.beta \"x\""], "1e-08");
  EXPECT_EQ(json["notes"].size(), 3U);
  ASSERT_TRUE(std::getline(in, line));
  EXPECT_TRUE(nlohmann::json::parse(line)["f_last"].is_null());
  const auto point = nlohmann::json::parse(text("point", ExportFormat::json_lines));
  EXPECT_EQ(point["x"], nlohmann::json::parse(R"([1, -0.0, "NaN", "Inf", 5e-324])"));
}

TEST_F(Export, TheJoinedTableHasTrialAndTimes) {
  const std::string id = full_record().id;
  EXPECT_EQ(field("trials", "id", id, "status"), "converged-early");
  EXPECT_EQ(field("trials", "id", id, "wall_seconds"), "1.5");
  EXPECT_EQ(field("trials", "id", id, "step_median_seconds"), "2e-06");
  EXPECT_EQ(field("trials", "id", id, "oracle_median_seconds"), "2e-07");
  EXPECT_EQ(field("trials", "id", id, "optimizer_median_seconds"), "");
}

TEST_F(Export, EmptyTablesAreAHeaderOrNothing) {
  store_.remove(full_record().id);
  EXPECT_EQ(text("point", ExportFormat::csv), "trial,x\r\n");
  EXPECT_EQ(text("point", ExportFormat::json_lines), "");
}

TEST_F(Export, UnknownTablesAreAnsweredWithTheKnownOnes) {
  std::ostringstream out;
  std::string sentence;
  EXPECT_EQ(error_of([&] { export_rows(store_, "hits; DROP TABLE hit", ExportFormat::csv, out); },
                     &sentence),
            StoreErrorKind::other);
  EXPECT_NE(sentence.find("trials, trial, target, hit,"), std::string::npos) << sentence;
  EXPECT_EQ(out.str(), "");
}

TEST_F(Export, AStreamThatFailsIsAnError) {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  EXPECT_EQ(error_of([&] { export_rows(store_, "trial", ExportFormat::csv, out); }),
            StoreErrorKind::other);
}

TEST(Csv, NumbersReadBackToTheSameBits) {
  for (const double x : {0.1, 1.0 / 3, 1e23, 5e-324, 1.7976931348623157e308, -0.0, 123456789.0}) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(std::strtod(exact_number(x).c_str(), nullptr)),
              std::bit_cast<std::uint64_t>(x));
  }
  EXPECT_EQ(exact_number(-0.0), "-0");
  EXPECT_EQ(exact_number(1e23), "1e+23");
  EXPECT_EQ(exact_number(std::optional<double>()), "");
}

}  // namespace
}  // namespace ravine::results
