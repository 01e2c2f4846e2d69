// One writer, many readers, and deaths.
#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX's
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <functional>
#include <utility>

#include "results/store/connection.hpp"
#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

// Runs `body` in a child, whose exit code it returns; 111 for an exception.
pid_t start_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  int code = 111;
  try {
    code = body();
  } catch (...) {  // reported by the code
  }
  ::_exit(code);
}

int exit_code(pid_t child) {
  int status = 0;
  if (::waitpid(child, &status, 0) != child) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

int in_child(const std::function<int()>& body) { return exit_code(start_child(body)); }

struct Pipe {
  Pipe() {
    if (::pipe(ends.data()) != 0) ADD_FAILURE() << "no pipe";
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  void put() const {
    if (::write(ends[1], "x", 1) != 1) ::_exit(112);
  }
  bool get() const {
    char byte = 0;
    return ::read(ends[0], &byte, 1) == 1;
  }
  std::array<int, 2> ends = {-1, -1};
};

int kind_code(const std::optional<StoreErrorKind>& kind) {
  return kind ? static_cast<int>(*kind) + 1 : 0;
}

TEST(Processes, ASecondWriterIsRefusedInAnotherProcess) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "r.db";
  {
    Store store = Store::open(file, OpenMode::append);
    store.add(simple_record("gd", 1, {1, 2, 3}), {});
    const int lock = store.lock_descriptor();
    EXPECT_GE(lock, 0);
    EXPECT_EQ(in_child([&] {
                ::close(lock);
                std::string sentence;
                const int code =
                    kind_code(error_of([&] { Store::open(file, OpenMode::append); }, &sentence));
                return sentence.find("in use by another run") == std::string::npos ? 99 : code;
              }),
              kind_code(StoreErrorKind::locked));
    store.add(simple_record("gd", 2, {1, 2, 3}), {});  // and the first goes on
  }
  EXPECT_EQ(in_child([&] {
              Store store = Store::open(file, OpenMode::append);
              store.add(simple_record("gd", 3, {1, 2, 3}), {});
              return static_cast<int>(store.finished_ids().size());
            }),
            3);
}

TEST(Processes, ASecondWriterIsRefusedInTheSameProcess) {
  const TemporaryFolder folder;
  Store store = Store::open(folder / "r.db", OpenMode::append);
  EXPECT_EQ(error_of([&] { Store::open(folder / "r.db", OpenMode::append); }),
            StoreErrorKind::locked);
  EXPECT_EQ(store.add(simple_record("gd", 1, {1, 2, 3}), {}), Added::new_trial);
}

TEST(Processes, ReadersReadWhileAWriterIsOpen) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "r.db";
  Store store = Store::open(file, OpenMode::append);
  for (int trials = 1; trials <= 3; ++trials) {
    store.add(simple_record("gd", static_cast<std::uint64_t>(trials), {1, 2, 3}), {});
    EXPECT_EQ(in_child([&] {
                const Store reader = Store::open(file, OpenMode::read_only);
                return reader.lock_descriptor() == -1 ? static_cast<int>(reader.trials().size())
                                                      : 99;
              }),
              trials);
  }
}

TEST(Processes, AReaderMayStayWhileTheWriterCloses) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "r.db";
  const Pipe ready, go;
  Store store = Store::open(file, OpenMode::append);
  store.add(simple_record("gd", 1, {1, 2, 3}), {});
  const int lock = store.lock_descriptor();
  const pid_t child = start_child([&] {
    ::close(lock);
    const Store reader = Store::open(file, OpenMode::read_only);
    const std::size_t before = reader.trials().size();
    ready.put();
    if (!go.get()) return 98;
    return static_cast<int>(10 * before + reader.trials().size());
  });
  ASSERT_TRUE(ready.get());
  store.add(simple_record("gd", 2, {1, 2, 3}), {});
  store.close();  // the log must stay for the reader; no error
  go.put();
  EXPECT_EQ(exit_code(child), 12);
  EXPECT_EQ(Store::open(file, OpenMode::append).finished_ids().size(), 2U);
}

TEST(Processes, AForkedChildLeavesTheStoreAlone) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "r.db";
  Store store = Store::open(file, OpenMode::append);
  store.add(simple_record("gd", 1, {1, 2, 3}), {});
  EXPECT_EQ(in_child([&] {
              const Store inherited = std::move(store);  // destroyed here, in the child
              return 0;
            }),
            0);
  EXPECT_TRUE(std::filesystem::exists(folder / "r.db-wal")) << "the child checkpointed the log";
  store.add(simple_record("gd", 2, {1, 2, 3}), {});
  store.close();
  EXPECT_EQ(Store::open(file, OpenMode::read_only).trials().size(), 2U);
}

TEST(Processes, AChildThatClosedItsCopyDoesNotHoldTheLock) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "r.db";
  const Pipe ready, go;
  auto store = std::make_unique<Store>(Store::open(file, OpenMode::append));
  const pid_t child = start_child([&] {
    ::close(store->lock_descriptor());
    ready.put();
    return go.get() ? 0 : 98;
  });
  ASSERT_TRUE(ready.get());
  store.reset();
  EXPECT_EQ(error_of([&] { Store::open(file, OpenMode::append); }), std::nullopt);
  go.put();
  EXPECT_EQ(exit_code(child), 0);
}

TEST(Processes, EverythingCommittedOutlivesAKilledWriter) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "r.db";
  const Pipe committed;
  const pid_t child = start_child([&] {
    Store store = Store::open(file, OpenMode::append);
    for (std::uint64_t seed = 0;; ++seed) {
      TrialRecord record = full_record("trial " + std::to_string(seed));
      record.best_point.assign(2000, 1.5);
      store.add(record, full_measurement());
      committed.put();
    }
    return 0;
  });
  constexpr std::size_t kSeen = 40;
  for (std::size_t i = 0; i < kSeen; ++i) ASSERT_TRUE(committed.get());
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  EXPECT_EQ(exit_code(child), 1000 + SIGKILL);

  std::size_t stored = 0;
  {
    const Store reader = Store::open(file, OpenMode::read_only);
    const Dataset data = reader.dataset(Detail::full);
    stored = data.trials.size();
    EXPECT_GE(stored, kSeen);
    EXPECT_EQ(data.measurements.size(), stored);
    for (const TrialRecord& trial : data.trials) {
      EXPECT_EQ(trial.hits.size(), 2U) << trial.id;
      EXPECT_EQ(trial.trace.size(), 4U) << trial.id;
      EXPECT_EQ(trial.best_point.size(), 2000U) << trial.id;
    }
  }
  Store store = Store::open(file, OpenMode::append);
  EXPECT_EQ(store.finished_ids().size(), stored);
  for (std::size_t i = 0; i < kSeen; ++i) EXPECT_TRUE(store.has("trial " + std::to_string(i)));
  store.add(full_record("after"), full_measurement());
  store.close();
  Connection connection(file, SQLITE_OPEN_READWRITE);
  Statement check(connection, "PRAGMA integrity_check");
  ASSERT_TRUE(check.step());
  EXPECT_EQ(check.text(0), "ok");
}

}  // namespace
}  // namespace ravine::results
