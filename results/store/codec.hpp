// How a member's type is stored, both ways, and rows in and out by it. Internal.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "results/store/connection.hpp"
#include "results/store/rows.hpp"

namespace ravine::results {

/// A visitor that binds each member to the next parameter.
class Binder {
 public:
  explicit Binder(Statement& statement) : statement_(statement) {}
  void operator()(std::string_view, const std::string& text);
  void operator()(std::string_view, double value);
  void operator()(std::string_view, std::uint64_t value);
  void operator()(std::string_view, std::uint32_t value);
  void operator()(std::string_view, bool value);
  void operator()(std::string_view, Status value);
  void operator()(std::string_view, TargetKind value);
  void operator()(std::string_view, HitRule value);
  void operator()(std::string_view, Ended value);
  void operator()(std::string_view, const std::vector<Setting>& settings);
  void operator()(std::string_view, const std::map<std::string, double>& numbers);
  void operator()(std::string_view, const std::vector<std::string>& lines);
  void operator()(std::string_view, const std::vector<double>& x);
  template <typename T>
  void operator()(std::string_view column, const std::optional<T>& value) {
    if (value) return (*this)(column, *value);
    statement_.bind_null(next_++);
  }

 private:
  Statement& statement_;
  int next_ = 0;
};

/// A visitor that fills each member from the next column. Throws StoreError `corrupt` where the
/// stored value cannot be one of the member's.
class Filler {
 public:
  explicit Filler(const Statement& statement) : statement_(statement) {}
  void operator()(std::string_view, std::string& text);
  void operator()(std::string_view, double& value);
  void operator()(std::string_view, std::uint64_t& value);
  void operator()(std::string_view, std::uint32_t& value);
  void operator()(std::string_view, bool& value);
  void operator()(std::string_view column, Status& value);
  void operator()(std::string_view column, TargetKind& value);
  void operator()(std::string_view column, HitRule& value);
  void operator()(std::string_view column, Ended& value);
  void operator()(std::string_view column, std::vector<Setting>& settings);
  void operator()(std::string_view column, std::map<std::string, double>& numbers);
  void operator()(std::string_view column, std::vector<std::string>& lines);
  void operator()(std::string_view, std::vector<double>& x);
  template <typename T>
  void operator()(std::string_view column, std::optional<T>& value) {
    if (statement_.type(next_) == SQLITE_NULL) {
      value.reset();
      ++next_;
    } else {
      (*this)(column, value.emplace());
    }
  }

 private:
  [[noreturn]] void corrupt(std::string_view column) const;
  const Statement& statement_;
  int next_ = 0;
};

/// A visitor that writes the columns' names as a list.
struct ColumnList {
  std::string names, marks;
  void operator()(std::string_view column, const auto&) {
    names.append(names.empty() ? "" : ", ").append(column);
    marks.append(marks.empty() ? "?" : ", ?");
  }
};

template <typename Row>
ColumnList columns_of() {
  ColumnList list;
  const Row row{};
  visit_columns(row, list);
  return list;
}

/// Inserts rows of one table.
template <typename Row>
class Insert {
 public:
  Insert(const Connection& connection, std::string_view table, std::string_view verb = "INSERT")
      : statement_(connection, sql(table, verb)) {}
  void operator()(const Row& row) {
    Binder binder(statement_);
    visit_columns(row, binder);
    statement_.step();
    statement_.reset();
  }

 private:
  static std::string sql(std::string_view table, std::string_view verb) {
    const ColumnList list = columns_of<Row>();
    return std::string(verb) + " INTO " + std::string(table) + " (" + list.names + ") VALUES (" +
           list.marks + ")";
  }
  Statement statement_;
};

/// Calls use(Row&&) for every row; `clause` is what follows FROM, its parameter bound to `key`.
template <typename Row>
void select_rows(const Connection& connection, std::string_view clause,
                 const std::optional<std::string>& key, const auto& use) {
  Statement statement(connection,
                      "SELECT " + columns_of<Row>().names + " FROM " + std::string(clause));
  if (key) statement.bind_text(0, *key);
  while (statement.step()) {
    Row row{};
    Filler filler(statement);
    visit_columns(row, filler);
    use(std::move(row));
  }
}

}  // namespace ravine::results
