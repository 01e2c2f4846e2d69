#include "results/store/file_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "results/store_error.hpp"

namespace ravine::results {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, int error) {
  const std::string name = file.string();
  const std::string cause = std::generic_category().message(error);
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      throw StoreError(StoreErrorKind::missing,
                       fmt::format("{}: the folder for the database does not exist. Create it, or "
                                   "give another file.",
                                   name));
    case EISDIR:
      throw StoreError(StoreErrorKind::not_a_database,
                       fmt::format("{}: is a folder. Give the name of a file in it.", name));
    case ENOSPC:
    case EDQUOT:
      throw StoreError(
          StoreErrorKind::disk_full,
          fmt::format("{}: cannot be created, the disk is full. Free some space and run "
                      "the same command again.",
                      name));
    default:
      throw StoreError(StoreErrorKind::other,
                       fmt::format("{}: cannot be opened for writing: {}.", name, cause));
  }
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& file)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  if (descriptor_ < 0) refuse(file, errno);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  // From here the descriptor stays open on purpose: the holder may be a Store of this very process,
  // and closing would drop its connection's locks.
  if (errno == EWOULDBLOCK) {
    throw StoreError(
        StoreErrorKind::locked,
        fmt::format("{}: in use by another run. Wait until it is done, or give another "
                    "file and merge the two later.",
                    file.string()));
  }
  throw StoreError(StoreErrorKind::other,
                   fmt::format("{}: cannot be locked: {}. Put the database on a local disk.",
                               file.string(), std::generic_category().message(errno)));
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace ravine::results
