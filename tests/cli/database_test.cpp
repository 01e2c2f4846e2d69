// Databases that are not ones, that are in use, and that hold everything already.
#include <gtest/gtest.h>

#include "tests/cli/database.hpp"
#include "tests/cli/half_way.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

TEST(Database, ThatIsATextFileIsLeftAsItIs) {
  const Sandbox sandbox;
  sandbox.write("small.toml", small_suite());
  const std::string diary = sandbox.write("diary.txt", "Dear diary,\n");
  for (const Sandbox::Words& words :
       {Sandbox::Words{"run", "small.toml", "--db", diary}, Sandbox::Words{"table", diary},
        Sandbox::Words{"export", diary}}) {
    const Outcome outcome = sandbox.ravine(words);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_NE(outcome.err.find(diary + ": is not a SQLite database"), std::string::npos)
        << outcome.err;
  }
  EXPECT_EQ(read_file(diary), "Dear diary,\n");
}

TEST(Database, ThatIsDamagedIsToldAndNotThrownAway) {
  const Sandbox sandbox;
  sandbox.write("small.toml", small_suite());
  ASSERT_EQ(sandbox.ravine({"run", "small.toml"}).exit_code, 0);
  const std::string whole = read_file(sandbox.work() / "small.db");
  std::string damaged = whole.substr(0, whole.size() / 2);
  for (std::size_t i = 4096; i < damaged.size(); i += 97) damaged[i] = '\x5A';
  const std::string file = sandbox.write("small.db", damaged);
  for (const Sandbox::Words& words :
       {Sandbox::Words{"run", "small.toml"}, Sandbox::Words{"table", "small.db"}}) {
    const Outcome outcome = sandbox.ravine(words);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_NE(outcome.err.find("small.db: the database is damaged"), std::string::npos)
        << outcome.err;
  }
  EXPECT_EQ(read_file(file).size(), damaged.size());
}

TEST(Database, InAMissingFolderOrAFolderItselfIsRefused) {
  const Sandbox sandbox;
  sandbox.write("small.toml", small_suite());
  const Outcome missing = sandbox.ravine({"run", "small.toml", "--db", "nowhere/r.db"});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_NE(missing.err.find("nowhere/r.db: the folder for the database does not exist"),
            std::string::npos)
      << missing.err;
  const Outcome folder = sandbox.ravine({"run", "small.toml", "--db", sandbox.work()});
  EXPECT_EQ(folder.exit_code, 2);
  EXPECT_NE(folder.err.find("is a folder"), std::string::npos) << folder.err;
  const Outcome absent = sandbox.ravine({"table", "absent.db"});
  EXPECT_EQ(absent.exit_code, 2);
  EXPECT_NE(absent.err.find("absent.db: no such file"), std::string::npos) << absent.err;
  EXPECT_EQ(sandbox.files_in_work(), std::vector<std::string>{"small.toml"});
}

TEST(Database, OfEverythingRunsNothing) {
  const Sandbox sandbox;
  sandbox.write("small.toml", small_suite());
  ASSERT_EQ(sandbox.ravine({"run", "small.toml"}).exit_code, 0);
  const std::string all = "SELECT * FROM measurement ORDER BY id";
  const std::string before = sql(sandbox.work() / "small.db", all);
  const Outcome again = sandbox.ravine({"run", "small.toml"});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_NE(again.err.find("0 trials run, 6 done before"), std::string::npos) << again.err;
  EXPECT_NE(again.out.find("lbfgs"), std::string::npos) << "the tables are shown all the same";
  EXPECT_EQ(sql(sandbox.work() / "small.db", all), before);
}

TEST(Database, InUseByARunKeepsASecondOneOut) {
  HalfWay half_way;
  const Outcome second =
      half_way.sandbox.ravine({"run", "small.toml", "--db", "half.db", "--no-tables"});
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_NE(second.err.find("half.db: in use by another run"), std::string::npos) << second.err;
  // Another program may read meanwhile.
  EXPECT_EQ(half_way.sandbox.ravine({"table", "half.db"}).exit_code, 0);

  half_way.let_go();
  const Outcome first = half_way.run->wait();
  EXPECT_EQ(first.exit_code, 0) << first.err;
  half_way.expect_whole();
}

}  // namespace
}  // namespace ravine::test
