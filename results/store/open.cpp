// Opening, refusing and closing a database.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "results/schema.hpp"
#include "results/store/impl.hpp"

namespace ravine::results {
namespace {

constexpr int kBusyMilliseconds = 10'000;  // a checkpoint of a slow disk, not another run
constexpr std::string_view kMagic{"SQLite format 3\0", 16};

void refuse_missing(const std::filesystem::path& file) {
  struct stat info = {};
  if (::stat(file.c_str(), &info) != 0) {
    if (errno != ENOENT && errno != ENOTDIR) return;  // SQLite says what is wrong with it
    throw StoreError(
        StoreErrorKind::missing,
        fmt::format("{}: no such file. Check the name; a run creates it.", file.string()));
  }
  if (S_ISDIR(info.st_mode)) {
    throw StoreError(
        StoreErrorKind::not_a_database,
        fmt::format("{}: is a folder. Give the name of a database in it.", file.string()));
  }
}

// Looked at through the lock's descriptor: opening another one and closing it would drop locks.
bool looks_like_sqlite(int descriptor) {
  std::array<char, kMagic.size()> head = {};
  const ssize_t got = ::pread(descriptor, head.data(), head.size(), 0);
  return got == 0 || std::string_view(head.data(), head.size()) == kMagic;  // empty: a new database
}

}  // namespace

Store::Impl::Impl(const std::filesystem::path& path, OpenMode open_mode)
    : file(path), mode(open_mode), owner(::getpid()) {
  if (mode == OpenMode::append) {
    open_for_writing();
    return;
  }
  refuse_missing(file);
  connection.emplace(file, SQLITE_OPEN_READONLY);
  sqlite3_busy_timeout(connection->handle(), kBusyMilliseconds);
  connection->execute("PRAGMA trusted_schema = OFF");
  check_identity();
}

void Store::Impl::open_for_writing() {
  lock.emplace(file);
  if (!looks_like_sqlite(lock->descriptor())) {
    throw StoreError(
        StoreErrorKind::not_a_database,
        fmt::format("{}: is not a SQLite database, and was left as it is. Give another file for "
                    "the results.",
                    file.string()));
  }
  connection.emplace(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3_busy_timeout(connection->handle(), kBusyMilliseconds);
  connection->execute("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON");
  if (!has_tables() && connection->integer("PRAGMA application_id") == 0) {
    // Before write-ahead logging is on, so that a file is ours either completely or not at all.
    Transaction transaction(*connection, "BEGIN IMMEDIATE");
    connection->execute(schema_sql());
    connection->execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                    kApplicationId, kSchemaVersion));
    transaction.commit();
  }
  check_identity();
  // NORMAL: a killed process loses nothing, a power failure perhaps the last trials, never the
  // file.
  connection->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
}

bool Store::Impl::has_tables() {
  return connection->integer("SELECT count(*) FROM sqlite_master") > 0;
}

void Store::Impl::check_identity() {
  const std::string name = file.string();
  if (connection->integer("PRAGMA application_id") != kApplicationId) {
    throw StoreError(
        StoreErrorKind::not_a_database,
        has_tables()
            ? fmt::format("{}: is the database of another program, and was left as it is. Give "
                          "another file for the results.",
                          name)
            : fmt::format("{}: is empty: no run has stored anything in it yet.", name));
  }
  const std::int64_t version = connection->integer("PRAGMA user_version");
  if (version > kSchemaVersion) {
    throw StoreError(
        StoreErrorKind::newer_schema,
        fmt::format("{}: was written by a newer Ravine (schema {}; this one knows up to "
                    "{}). Use that version, or give another file.",
                    name, version, kSchemaVersion));
  }
  if (version < 1) {
    throw StoreError(
        StoreErrorKind::corrupt,
        fmt::format("{}: has no valid schema version ({}). Give another file.", name, version));
  }
}

void Store::Impl::leave_plain_file() {
  sqlite3_busy_timeout(connection->handle(), 0);  // with a reader about, the log simply stays
  const int code =
      sqlite3_exec(connection->handle(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) connection->raise(code);
}

Store::Impl::~Impl() {
  if (!connection) return;
  if (::getpid() != owner) {
    // SQLite connections must not be used across fork (sqlite.org/howtocorrupt.html, 2.6).
    connection->abandon();
  } else if (mode == OpenMode::append) {
    try {
      leave_plain_file();
    } catch (const StoreError&) {  // the log holds what was committed, and the next open reads it
    }
  }
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::open(const std::filesystem::path& file, OpenMode mode) {
  return Store(std::make_unique<Impl>(file, mode));
}

void Store::close() {
  if (!impl_) return;
  const std::unique_ptr<Impl> ending = std::move(impl_);
  if (ending->mode == OpenMode::append && ::getpid() == ending->owner) ending->leave_plain_file();
}

int Store::lock_descriptor() const noexcept {
  return impl_ && impl_->lock ? impl_->lock->descriptor() : -1;
}

}  // namespace ravine::results
