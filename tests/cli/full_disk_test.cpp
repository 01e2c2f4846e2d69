// A disk that fills up under a run: a small file system in a name space of its own, which only root
// may mount and which goes when the test does.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

bool mount_disk(const std::filesystem::path& folder, const char* size) {
  std::filesystem::create_directory(folder);
  return unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("tmpfs", folder.c_str(), "tmpfs", 0, size) == 0;
}

TEST(FullDisk, EndsTheRunWithWhatWasStoredAndTheSameCommandGoesOn) {
  const Sandbox sandbox;
  const auto disk = sandbox.work() / "disk";
  // Not permitted to everybody, and not possible where "/" is no mount of its own (chroot: EINVAL).
  if (!mount_disk(disk, "size=4m")) {
    if (errno == EPERM || errno == EACCES || errno == ENOSYS || errno == EINVAL)
      GTEST_SKIP() << "a small disk cannot be mounted here: " << std::strerror(errno);
    FAIL() << "cannot mount a small disk: " << std::strerror(errno);
  }
  sandbox.write("long.toml", long_suite(60));
  ASSERT_EQ(sandbox.ravine({"run", "long.toml", "--db", "roomy.db"}).exit_code, 0);
  const Sandbox::Words command{"run", "long.toml", "--db", "disk/full.db", "--jobs", "2"};
  // A run on a disk that is full already, and one on a disk that fills up.
  std::ofstream(disk / "ballast") << std::string(std::size_t{8} << 20U, 'x');
  const Outcome at_once = sandbox.ravine(command);
  EXPECT_EQ(at_once.exit_code, 3) << at_once.err;
  EXPECT_NE(at_once.err.find("disk is full"), std::string::npos) << at_once.err;

  std::ofstream(disk / "ballast") << std::string(3'500'000, 'x');
  const Outcome full = sandbox.ravine(command);
  EXPECT_EQ(full.exit_code, 3) << full.err;
  EXPECT_NE(full.err.find("disk/full.db: the disk is full"), std::string::npos) << full.err;
  EXPECT_NE(full.err.find("run the same command again"), std::string::npos) << full.err;
  EXPECT_EQ(sandbox.survivors(), std::vector<std::string>());
  const int stored = trials_in(disk / "full.db");
  EXPECT_GT(stored, 5);
  EXPECT_LT(stored, 60);
  const std::string earlier = sql(disk / "full.db", "SELECT id FROM trial");

  std::filesystem::remove(disk / "ballast");
  const Outcome again = sandbox.ravine(command);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NE(again.err.find(", " + std::to_string(stored) + " done before"), std::string::npos)
      << again.err;
  EXPECT_EQ(results_of(disk / "full.db"), results_of(sandbox.work() / "roomy.db"));
  EXPECT_EQ(sql(disk / "full.db", "SELECT max(repetition) FROM measurement"), "0\n");
  EXPECT_EQ(sql(disk / "full.db", "PRAGMA integrity_check"), "ok\n");
  umount2(disk.c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace ravine::test
