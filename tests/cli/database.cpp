#include "tests/cli/database.hpp"

#include <sqlite3.h>

#include <cstdio>

namespace ravine::test {
namespace {

std::string value_of(sqlite3_stmt* row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_FLOAT) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", sqlite3_column_double(row, column));
    return text;
  }
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return text == nullptr ? "NULL" : text;
}

}  // namespace

std::string sql(const std::filesystem::path& database, const std::string& query) {
  sqlite3* handle = nullptr;
  sqlite3_stmt* row = nullptr;
  std::string lines;
  int code = sqlite3_open_v2(database.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
  sqlite3_busy_timeout(handle, 10'000);
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(handle, query.c_str(), -1, &row, nullptr);
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    code = sqlite3_step(row);
    if (code != SQLITE_ROW) break;
    for (int i = 0; i < sqlite3_column_count(row); ++i)
      lines += (i == 0 ? "" : "|") + value_of(row, i);
    lines += '\n';
  }
  if (code != SQLITE_DONE) lines = std::string("error: ") + sqlite3_errmsg(handle);
  sqlite3_finalize(row);
  sqlite3_close(handle);
  return lines;
}

std::string results_of(const std::filesystem::path& database, const std::string& where) {
  const std::string of_trials = " WHERE trial IN (SELECT id FROM trial WHERE " + where + ")";
  return sql(database, "SELECT * FROM trial WHERE " + where + " ORDER BY id") +
         sql(database, "SELECT * FROM hit" + of_trials + " ORDER BY trial, target, rule") +
         sql(database, "SELECT * FROM trace" + of_trials + " ORDER BY trial, position");
}

int trials_in(const std::filesystem::path& database) {
  return std::stoi("0" + sql(database, "SELECT count(*) FROM trial"));
}

}  // namespace ravine::test
