// What can go wrong with a database, and the exception that says so.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace ravine::results {

enum class StoreErrorKind : std::int32_t {
  missing,         ///< no such file, or no such folder to create it in
  not_a_database,  ///< not SQLite, or another program's database
  newer_schema,    ///< written by a later version of Ravine
  locked,          ///< another run writes to it, or a lock outlasted the waiting time
  corrupt,         ///< SQLite found the file malformed
  disk_full,       ///< no space, or a quota, on the disk of the database
  other,           ///< permissions, input/output errors, misuse
};

/// what() is one sentence or two for the user: what is wrong, with which file, and what to do.
class StoreError : public std::runtime_error {
 public:
  StoreError(StoreErrorKind kind, const std::string& sentence)
      : std::runtime_error(sentence), kind_(kind) {}
  StoreErrorKind kind() const noexcept { return kind_; }

 private:
  StoreErrorKind kind_;
};

}  // namespace ravine::results
