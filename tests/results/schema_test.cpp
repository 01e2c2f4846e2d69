#include "results/schema.hpp"

#include <gtest/gtest.h>

#include <set>

#include "results/store/codec.hpp"
#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

struct Names {
  std::set<std::string> names;
  void operator()(std::string_view column, const auto&) { names.emplace(column); }
};

template <typename Row>
std::set<std::string> written_columns() {
  Names visitor;
  const Row row{};
  visit_columns(row, visitor);
  return visitor.names;
}

std::set<std::string> stored_columns(const Store& store, std::string_view table) {
  std::set<std::string> names;
  store.rows(table, [&](const Columns& columns, const auto&) {
    names.insert(columns.begin(), columns.end());
  });
  return names;
}

// A column that is in the schema and not in the list of members would be lost on the way back.
TEST(Schema, TheListsOfMembersAreTheTables) {
  const TemporaryFolder folder;
  const Store store = Store::open(folder / "r.db", OpenMode::append);
  EXPECT_EQ(stored_columns(store, "trial"), written_columns<TrialRecord>());
  EXPECT_EQ(stored_columns(store, "target"), written_columns<TargetRow>());
  EXPECT_EQ(stored_columns(store, "hit"), written_columns<HitRow>());
  EXPECT_EQ(stored_columns(store, "trace"), written_columns<TraceRow>());
  EXPECT_EQ(stored_columns(store, "metric"), written_columns<MetricRow>());
  EXPECT_EQ(stored_columns(store, "point"), written_columns<PointRow>());
  EXPECT_EQ(stored_columns(store, "measurement"), written_columns<MeasurementRow>());
  EXPECT_EQ(stored_columns(store, "hit_time"), written_columns<HitTimeRow>());
  EXPECT_EQ(stored_columns(store, "step_time"), written_columns<StepTimeRow>());
  EXPECT_EQ(stored_columns(store, "provenance"), written_columns<Provenance>());
}

TEST(Schema, EveryTableOfTheFileCanBeReadByName) {
  const TemporaryFolder folder;
  { const Store store = Store::open(folder / "r.db", OpenMode::append); }
  const Connection connection(folder / "r.db", SQLITE_OPEN_READONLY);
  std::set<std::string> stored;
  Statement names(connection, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')");
  while (names.step()) stored.emplace(names.text(0));
  std::set<std::string> known;
  for (const std::string_view name : table_names()) known.emplace(name);
  EXPECT_EQ(known, stored);
}

TEST(Schema, WhatTheSeedDecidesHoldsNothingOfTheClock) {
  const TemporaryFolder folder;
  const Store store = Store::open(folder / "r.db", OpenMode::append);
  for (const char* table : {"trial", "target", "hit", "trace", "metric", "point"}) {
    for (const std::string& column : stored_columns(store, table)) {
      EXPECT_EQ(column.find("seconds"), std::string::npos) << table << "." << column;
      EXPECT_EQ(column.find("started"), std::string::npos) << table << "." << column;
    }
  }
}

TEST(Schema, TheFileSaysWhatItIsAndExplainsItself) {
  const TemporaryFolder folder;
  { const Store store = Store::open(folder / "r.db", OpenMode::append); }
  Connection connection(folder / "r.db", SQLITE_OPEN_READONLY);
  EXPECT_EQ(connection.integer("PRAGMA application_id"), kApplicationId);
  EXPECT_EQ(connection.integer("PRAGMA user_version"), kSchemaVersion);
  Statement sql(connection, "SELECT sql FROM sqlite_master WHERE name = 'measurement'");
  ASSERT_TRUE(sql.step());
  EXPECT_NE(sql.text(0).find("All times in seconds"), std::string_view::npos);
}

TEST(Schema, APersonCanQueryIt) {
  const TemporaryFolder folder;
  {
    Store store = Store::open(folder / "r.db", OpenMode::append);
    store.add(full_record(), full_measurement());
  }
  Connection connection(folder / "r.db", SQLITE_OPEN_READONLY);
  Statement settings(connection, "SELECT json_extract(settings, '$.step_size') FROM trial");
  ASSERT_TRUE(settings.step());
  EXPECT_EQ(settings.text(0), "0.1");
  // NaN is no number below any level, an absent value none at all.
  EXPECT_EQ(connection.integer("SELECT count(*) FROM trial WHERE f_last < 9e307"), 0);
  EXPECT_EQ(connection.integer("SELECT count(*) FROM trace WHERE value IS NULL"), 1);
  EXPECT_EQ(connection.integer("SELECT count(*) FROM trace WHERE value = 'NaN'"), 1);
  EXPECT_EQ(connection.integer("SELECT steps FROM trials"), 100);
  EXPECT_EQ(connection.integer("SELECT length(x) FROM point"), 5 * 8);
}

}  // namespace
}  // namespace ravine::results
