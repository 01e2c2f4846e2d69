#include "results/store/connection.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <limits>
#include <utility>

namespace ravine::results {
namespace {

constexpr std::string_view kNotANumber = "NaN";

bool no_space(int error) { return error == ENOSPC || error == EDQUOT; }

}  // namespace

Connection::Connection(const std::filesystem::path& file, int flags) : file_(file) {
  // Absolute, so that SQLite takes neither ":memory:" nor "file:…" for anything but a file's name.
  const int code =
      sqlite3_open_v2(std::filesystem::absolute(file).c_str(), &handle_, flags, nullptr);
  if (code == SQLITE_OK) {
    sqlite3_extended_result_codes(handle_, 1);
    return;
  }
  try {
    raise(code);
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
}

Connection::~Connection() { sqlite3_close(handle_); }

void Connection::raise(int code) const {
  const std::string name = file_.string();
  const int system_error = handle_ == nullptr ? 0 : sqlite3_system_errno(handle_);
  const int primary = code & 0xff;
  if (primary == SQLITE_FULL || (primary == SQLITE_IOERR && no_space(system_error)) ||
      code == SQLITE_IOERR_SHMSIZE) {
    throw StoreError(
        StoreErrorKind::disk_full,
        fmt::format("{}: the disk is full. Every trial stored before is kept; free some "
                    "space and run the same command again.",
                    name));
  }
  if (primary == SQLITE_NOTADB) {
    throw StoreError(
        StoreErrorKind::not_a_database,
        fmt::format("{}: is not a SQLite database. Give another file for the results.", name));
  }
  if (primary == SQLITE_CORRUPT) {
    throw StoreError(StoreErrorKind::corrupt,
                     fmt::format("{}: the database is damaged ({}). Rescue what can be read with "
                                 "`sqlite3 FILE .recover`, or start with a new file.",
                                 name, sqlite3_errmsg(handle_)));
  }
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
    throw StoreError(StoreErrorKind::locked,
                     fmt::format("{}: another program holds a lock on the database. Every trial "
                                 "stored before is kept; close that program and run again.",
                                 name));
  }
  throw StoreError(
      StoreErrorKind::other,
      fmt::format("{}: {} (SQLite error {}). Every trial stored before is kept.", name,
                  handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_), code));
}

void Connection::execute(std::string_view sql) {
  const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(code);
}

std::int64_t Connection::integer(std::string_view sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

Statement::Statement(const Connection& connection, std::string_view sql) : connection_(connection) {
  check(sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()), &handle_,
                           nullptr));
}

Statement::~Statement() { sqlite3_finalize(handle_); }

void Statement::check(int code) const {
  if (code != SQLITE_OK) connection_.raise(code);
}

void Statement::bind_null(int index) { check(sqlite3_bind_null(handle_, index + 1)); }

void Statement::bind_integer(int index, std::int64_t value) {
  check(sqlite3_bind_int64(handle_, index + 1, value));
}

void Statement::bind_real(int index, double value) {
  // SQLite turns NaN into NULL, which would read as "not judged".
  if (value != value) return bind_text(index, std::string(kNotANumber));
  check(sqlite3_bind_double(handle_, index + 1, value));
}

void Statement::bind_text(int index, std::string text) {
  const std::string& kept = texts_.emplace_back(std::move(text));
  check(sqlite3_bind_text64(handle_, index + 1, kept.data(), kept.size(), SQLITE_STATIC,
                            SQLITE_UTF8));
}

void Statement::bind_blob(int index, std::string bytes) {
  const std::string& kept = texts_.emplace_back(std::move(bytes));
  check(sqlite3_bind_blob64(handle_, index + 1, kept.data(), kept.size(), SQLITE_STATIC));
}

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) connection_.raise(code);
  return code == SQLITE_ROW;
}

void Statement::reset() {
  sqlite3_reset(handle_);
  texts_.clear();
}

int Statement::columns() const noexcept { return sqlite3_column_count(handle_); }

int Statement::type(int index) const noexcept { return sqlite3_column_type(handle_, index); }

std::int64_t Statement::integer(int index) const noexcept {
  return sqlite3_column_int64(handle_, index);
}

double Statement::real(int index) const {
  if (type(index) == SQLITE_TEXT && text(index) == kNotANumber) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return sqlite3_column_double(handle_, index);
}

std::string_view Statement::text(int index) const noexcept {
  const unsigned char* data = sqlite3_column_text(handle_, index);
  if (data == nullptr) return {};
  return {reinterpret_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(handle_, index))};
}

std::string_view Statement::blob(int index) const noexcept {
  const void* data = sqlite3_column_blob(handle_, index);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(handle_, index))};
}

std::string_view Statement::column_name(int index) const noexcept {
  const char* name = sqlite3_column_name(handle_, index);
  return name == nullptr ? std::string_view() : name;
}

std::string_view Statement::declared_type(int index) const noexcept {
  const char* name = sqlite3_column_decltype(handle_, index);
  return name == nullptr ? std::string_view() : name;
}

Transaction::Transaction(Connection& connection, std::string_view begin) : connection_(connection) {
  connection_.execute(begin);
}

Transaction::~Transaction() {
  // SQLite has rolled back already after some errors; a second time is refused and harmless.
  if (open_) sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  connection_.execute("COMMIT");
  open_ = false;
}

}  // namespace ravine::results
