// The format of the database, shared by reader and writer. The tables and every column are
// documented in results/schema.cpp, and in each database: `sqlite3 FILE .schema` shows it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ravine::results {

/// PRAGMA application_id: "Ravn".
inline constexpr std::int32_t kApplicationId = 0x5261766E;
/// PRAGMA user_version. Counts up with every change of the format; an older program refuses a newer
/// database, a newer one reads older ones.
inline constexpr std::int32_t kSchemaVersion = 1;

/// SQL that makes the tables in an empty database.
std::string_view schema_sql() noexcept;

struct TableInfo {
  std::string_view name;
  std::string_view order;  ///< columns of its key, for ORDER BY
};

/// All tables and views that can be read by name, the one a person wants first: "trials".
const std::vector<TableInfo>& table_infos();
std::vector<std::string_view> table_names();

/// Whether a text column of this name holds JSON.
bool is_json_column(std::string_view column) noexcept;

}  // namespace ravine::results
