// A SQLite connection and statement that close themselves, and errors as StoreError. Internal.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>

#include "results/store_error.hpp"

namespace ravine::results {

class Connection {
 public:
  /// `flags` as sqlite3_open_v2 takes them.
  Connection(const std::filesystem::path& file, int flags);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  void execute(std::string_view sql);          ///< any number of statements; rows are ignored
  std::int64_t integer(std::string_view sql);  ///< first column of the first row, 0 without one
  /// Gives the handle up without touching the file: what a forked child must do.
  void abandon() noexcept { handle_ = nullptr; }

  [[noreturn]] void raise(int code) const;
  sqlite3* handle() const noexcept { return handle_; }
  const std::filesystem::path& file() const noexcept { return file_; }

 private:
  std::filesystem::path file_;
  sqlite3* handle_ = nullptr;
};

/// Parameters and columns count from 0 here, both in the order of the text.
class Statement {
 public:
  Statement(const Connection& connection, std::string_view sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  void bind_null(int index);
  void bind_integer(int index, std::int64_t value);
  void bind_real(int index, double value);  ///< NaN becomes the text 'NaN'
  void bind_text(int index, std::string text);
  void bind_blob(int index, std::string bytes);

  bool step();   ///< true: there is a row
  void reset();  ///< for the next row of parameters

  int columns() const noexcept;
  int type(int index) const noexcept;  ///< SQLITE_NULL, …
  std::int64_t integer(int index) const noexcept;
  double real(int index) const;  ///< the text 'NaN' becomes NaN
  std::string_view text(int index) const noexcept;
  std::string_view blob(int index) const noexcept;
  std::string_view column_name(int index) const noexcept;
  std::string_view declared_type(int index) const noexcept;  ///< "" for an expression
  const Connection& connection() const noexcept { return connection_; }

 private:
  void check(int code) const;
  const Connection& connection_;
  sqlite3_stmt* handle_ = nullptr;
  std::deque<std::string> texts_;  // bound without a copy: they live until the reset
};

/// Rolls back unless committed.
class Transaction {
 public:
  Transaction(Connection& connection, std::string_view begin);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace ravine::results
