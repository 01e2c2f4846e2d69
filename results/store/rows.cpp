// Rows of any table as values, for exports.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "results/schema.hpp"
#include "results/store/impl.hpp"

namespace ravine::results {
namespace {

Value value_of(const Statement& statement, int index) {
  switch (statement.type(index)) {
    case SQLITE_NULL:
      return std::monostate();
    case SQLITE_INTEGER:
      return static_cast<std::uint64_t>(statement.integer(index));
    case SQLITE_FLOAT:
      return statement.real(index);
    case SQLITE_BLOB: {
      const std::string_view bytes = statement.blob(index);
      std::vector<double> x(bytes.size() / sizeof(double));
      if (!x.empty()) std::memcpy(x.data(), bytes.data(), x.size() * sizeof(double));
      return x;
    }
    default:
      // In a column of numbers only: an optimizer may be called NaN.
      if (statement.declared_type(index) == "REAL") return statement.real(index);
      return std::string(statement.text(index));
  }
}

[[noreturn]] void refuse(std::string_view table) {
  throw StoreError(StoreErrorKind::other, fmt::format("There is no table \"{}\". Known are: {}.",
                                                      table, fmt::join(table_names(), ", ")));
}

}  // namespace

void Store::rows(std::string_view table, const RowVisitor& visit) const {
  const auto& infos = table_infos();
  const auto info = std::find_if(infos.begin(), infos.end(),
                                 [&](const TableInfo& known) { return known.name == table; });
  if (info == infos.end()) refuse(table);
  Statement statement(*impl_->connection,
                      fmt::format("SELECT * FROM {} ORDER BY {}", info->name, info->order));
  Columns columns;
  for (int i = 0; i < statement.columns(); ++i) columns.emplace_back(statement.column_name(i));
  std::vector<Value> values(columns.size());
  bool any = false;
  while (statement.step()) {
    any = true;
    for (int i = 0; i < statement.columns(); ++i) {
      values[static_cast<std::size_t>(i)] = value_of(statement, i);
    }
    visit(columns, values);
  }
  if (!any) visit(columns, {});
}

}  // namespace ravine::results
