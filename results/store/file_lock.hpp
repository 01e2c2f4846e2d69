// The lock that keeps a second writing run out of a database. Internal.
#pragma once

#include <filesystem>

namespace ravine::results {

/// An exclusive flock(2) on the database file, creating it if need be; readers are not hindered.
/// It must outlive the SQLite connection: POSIX drops all of SQLite's own locks on a file when the
/// process closes any descriptor of it (sqlite.org/howtocorrupt.html, 2.2).
class FileLock {
 public:
  FileLock() = default;                                  ///< holds nothing
  explicit FileLock(const std::filesystem::path& file);  ///< throws StoreError
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  int descriptor() const noexcept { return descriptor_; }  ///< -1: none

 private:
  int descriptor_ = -1;
};

}  // namespace ravine::results
