// Files that are no database of ours are refused, told apart, and left as they are.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "results/schema.hpp"
#include "results/store/connection.hpp"
#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string random_bytes(std::size_t count) {
  std::mt19937 generator(1);  // NOLINT(cert-msc51-cpp): the same bytes each time, on purpose
  std::string bytes(count, '\0');
  for (char& byte : bytes) byte = static_cast<char>(generator() & 0xFFU);
  return bytes;
}

// Refused in both modes, unchanged, with the file's name in the sentence.
void expect_refused(const std::filesystem::path& file, StoreErrorKind kind) {
  const std::string before = contents(file);
  for (const OpenMode mode : {OpenMode::append, OpenMode::read_only}) {
    std::string sentence;
    EXPECT_EQ(error_of([&] { Store::open(file, mode); }, &sentence), kind) << sentence;
    EXPECT_NE(sentence.find(file.filename().string()), std::string::npos) << sentence;
  }
  EXPECT_EQ(contents(file), before);
}

void make_database(const std::filesystem::path& file, const std::string& sql) {
  Connection connection(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  connection.execute(sql);
}

TEST(WrongFiles, Text) {
  const TemporaryFolder folder;
  write(folder / "notes.txt", "dear diary\n");
  expect_refused(folder / "notes.txt", StoreErrorKind::not_a_database);
  write(folder / "long.txt", std::string(10'000, 'x'));
  expect_refused(folder / "long.txt", StoreErrorKind::not_a_database);
}

TEST(WrongFiles, RandomBytes) {
  const TemporaryFolder folder;
  write(folder / "noise", random_bytes(20'000));
  expect_refused(folder / "noise", StoreErrorKind::not_a_database);
}

TEST(WrongFiles, HeaderOfADatabaseWithoutTheRest) {
  const TemporaryFolder folder;
  write(folder / "half", std::string("SQLite format 3\0", 16) + random_bytes(5'000));
  expect_refused(folder / "half", StoreErrorKind::not_a_database);
}

TEST(WrongFiles, DatabaseOfAnotherProgram) {
  const TemporaryFolder folder;
  make_database(folder / "foreign.db", "CREATE TABLE bookmarks (url TEXT)");
  expect_refused(folder / "foreign.db", StoreErrorKind::not_a_database);
  make_database(folder / "marked.db", "PRAGMA application_id = 77; CREATE TABLE t (x)");
  expect_refused(folder / "marked.db", StoreErrorKind::not_a_database);
  make_database(folder / "empty_but_marked.db", "PRAGMA application_id = 77");
  expect_refused(folder / "empty_but_marked.db", StoreErrorKind::not_a_database);
}

TEST(WrongFiles, NewerAndImpossibleSchema) {
  const TemporaryFolder folder;
  { const Store store = Store::open(folder / "new.db", OpenMode::append); }
  make_database(folder / "new.db", "PRAGMA user_version = 2");
  expect_refused(folder / "new.db", StoreErrorKind::newer_schema);
  make_database(folder / "new.db", "PRAGMA user_version = 0");
  expect_refused(folder / "new.db", StoreErrorKind::corrupt);
}

TEST(WrongFiles, EmptyFileIsANewDatabaseForAWriterOnly) {
  const TemporaryFolder folder;
  write(folder / "r.db", "");
  EXPECT_EQ(error_of([&] { Store::open(folder / "r.db", OpenMode::read_only); }),
            StoreErrorKind::not_a_database);
  EXPECT_TRUE(contents(folder / "r.db").empty());
  {
    Store store = Store::open(folder / "r.db", OpenMode::append);
    store.add(simple_record("gd", 1, {1, 2, 3}), {});
  }
  EXPECT_EQ(Store::open(folder / "r.db", OpenMode::read_only).trials().size(), 1U);
}

TEST(WrongFiles, MissingOnes) {
  const TemporaryFolder folder;
  EXPECT_EQ(error_of([&] { Store::open(folder / "r.db", OpenMode::read_only); }),
            StoreErrorKind::missing);
  EXPECT_FALSE(std::filesystem::exists(folder / "r.db"));
  EXPECT_EQ(error_of([&] { Store::open(folder / "no/r.db", OpenMode::append); }),
            StoreErrorKind::missing);
  for (const OpenMode mode : {OpenMode::append, OpenMode::read_only}) {
    EXPECT_EQ(error_of([&] { Store::open(folder.path(), mode); }), StoreErrorKind::not_a_database);
  }
}

TEST(WrongFiles, NamesThatSqliteWouldTakeForSomethingElse) {
  const TemporaryFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  for (const char* name : {":memory:", "file:x?mode=memory"}) {
    {
      Store store = Store::open(name, OpenMode::append);
      store.add(simple_record("gd", 1, {}), {});
    }
    EXPECT_EQ(Store::open(name, OpenMode::read_only).trials().size(), 1U) << name;
    EXPECT_GT(std::filesystem::file_size(name), 0U) << name;
  }
  std::filesystem::current_path(before);
}

TEST(WrongFiles, DamageIsReportedAsSuch) {
  const TemporaryFolder folder;
  {
    Store store = Store::open(folder / "r.db", OpenMode::append);
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      store.add(simple_record("gd", seed, {1, 2, 3}), {});
    }
  }
  std::string bytes = contents(folder / "r.db");
  ASSERT_GT(bytes.size(), 200'000U);
  bytes.replace(60'000, 100'000, random_bytes(100'000));
  write(folder / "r.db", bytes);
  std::string sentence;
  EXPECT_EQ(
      error_of([&] { Store::open(folder / "r.db", OpenMode::read_only).dataset(); }, &sentence),
      StoreErrorKind::corrupt);
  EXPECT_NE(sentence.find("damaged"), std::string::npos) << sentence;
}

TEST(WrongFiles, ValuesThatWereEditedAreNamed) {
  const TemporaryFolder folder;
  {
    Store store = Store::open(folder / "r.db", OpenMode::append);
    store.add(simple_record("gd", 1, {1, 2, 3}), {});
  }
  make_database(folder / "r.db", "UPDATE trial SET settings = '[not json'");
  std::string sentence;
  EXPECT_EQ(
      error_of([&] { Store::open(folder / "r.db", OpenMode::read_only).trials(); }, &sentence),
      StoreErrorKind::corrupt);
  EXPECT_NE(sentence.find("settings"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("[not json"), std::string::npos) << sentence;
}

}  // namespace
}  // namespace ravine::results
