// A disk that fills up under a writer: a small file system of its own, which only root may mount.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& folder) : folder_(folder) {
    std::filesystem::create_directory(folder);
    mounted_ = ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=1m") == 0;
    error_ = mounted_ ? 0 : errno;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  int error() const { return error_; }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
  int error_ = 0;
};

TrialRecord large_record(std::size_t i) {
  TrialRecord record = full_record("trial " + std::to_string(i));
  record.best_point.assign(4000, 0.5);  // 32 kB
  return record;
}

// Adds trials until one does not fit; how many did.
std::size_t fill(Store& store, std::string* sentence) {
  constexpr std::size_t kMoreThanFit = 100;
  std::optional<StoreErrorKind> kind;
  std::size_t stored = 0;
  while (!kind && stored < kMoreThanFit) {
    kind = error_of([&] { store.add(large_record(stored), full_measurement()); }, sentence);
    if (!kind) ++stored;
  }
  EXPECT_EQ(kind, StoreErrorKind::disk_full) << *sentence;
  return stored;
}

TEST(DiskFull, StopsWithASentenceAndKeepsWhatWasStored) {
  const TemporaryFolder folder;
  const SmallDisk disk(folder / "disk");
  if (disk.error() == EPERM || disk.error() == EACCES || disk.error() == ENOSYS) {
    GTEST_SKIP() << "mounting a small disk is not permitted here: " << std::strerror(disk.error());
  }
  ASSERT_EQ(disk.error(), 0) << std::strerror(disk.error());

  const std::filesystem::path file = disk / "r.db";
  std::ofstream(disk / "ballast") << std::string(200'000, 'x');
  std::size_t stored = 0;
  std::string sentence;
  {
    Store store = Store::open(file, OpenMode::append);
    stored = fill(store, &sentence);
    EXPECT_NE(sentence.find("disk is full"), std::string::npos) << sentence;
    EXPECT_NE(sentence.find("kept"), std::string::npos) << sentence;
    ASSERT_GE(stored, 3U);
    EXPECT_EQ(store.finished_ids().size(), stored) << "the writer still reads";
  }
  {
    const Store reader = Store::open(file, OpenMode::read_only);
    EXPECT_EQ(reader.trials(Detail::full).size(), stored);
  }
  std::filesystem::remove(disk / "ballast");
  Store store = Store::open(file, OpenMode::append);
  EXPECT_EQ(store.finished_ids().size(), stored);
  for (const TrialRecord& trial : store.trials(Detail::full)) {
    EXPECT_EQ(trial.best_point.size(), 4000U) << trial.id;
  }
  EXPECT_EQ(store.add(large_record(stored), full_measurement()), Added::new_trial);
}

TEST(DiskFull, CreatingADatabaseThere) {
  const TemporaryFolder folder;
  const SmallDisk disk(folder / "disk");
  if (disk.error() == EPERM || disk.error() == EACCES || disk.error() == ENOSYS) {
    GTEST_SKIP() << "mounting a small disk is not permitted here: " << std::strerror(disk.error());
  }
  ASSERT_EQ(disk.error(), 0) << std::strerror(disk.error());
  std::ofstream(disk / "ballast") << std::string(2'000'000, 'x');
  EXPECT_EQ(error_of([&] { Store::open(disk / "r.db", OpenMode::append); }),
            StoreErrorKind::disk_full);
  std::filesystem::remove(disk / "ballast");
  Store store = Store::open(disk / "r.db", OpenMode::append);
  EXPECT_EQ(store.add(large_record(0), full_measurement()), Added::new_trial);
}

}  // namespace
}  // namespace ravine::results
