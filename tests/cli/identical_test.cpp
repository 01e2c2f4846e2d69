// The same suite and seeds give the same trials, hits and traces to the bit, however they are run.
#include <gtest/gtest.h>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

class Identical : public testing::Test {
 protected:
  Identical() {
    sandbox.write("broad.toml", broad_suite());
    write_small_data(sandbox.other("images"));
    run("reference.db", {"--jobs", "1"});
    reference = results_of(sandbox.work() / "reference.db");
    // One that compares nothing would pass as well.
    EXPECT_GE(trials_in(sandbox.work() / "reference.db"), 70);
    for (const char* status : {"'hit'", "'budget'", "'unsupported'"})
      EXPECT_NE(sql(sandbox.work() / "reference.db",
                    std::string("SELECT count(*) FROM trial WHERE status = ") + status),
                "0\n")
          << status;
  }
  void run(const std::string& database, const Sandbox::Words& more) const {
    Sandbox::Words words{"run",  "broad.toml", "--data",     sandbox.other("images"),
                         "--db", database,     "--no-tables"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = sandbox.ravine(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  Sandbox sandbox;
  std::string reference;
};

TEST_F(Identical, WhateverTheNumberOfJobs) {
  for (const char* jobs : {"2", "5"}) {
    run(std::string(jobs) + ".db", {"--jobs", jobs});
    EXPECT_EQ(results_of(sandbox.work() / (std::string(jobs) + ".db")), reference) << jobs;
  }
}

TEST_F(Identical, InProcess) {
  run("in_process.db", {"--in-process"});
  EXPECT_EQ(results_of(sandbox.work() / "in_process.db"), reference);
}

TEST_F(Identical, InShardsIntoOneDatabase) {
  run("shards.db", {"--shard", "2/2", "--jobs", "2"});
  const int half = trials_in(sandbox.work() / "shards.db");
  run("shards.db", {"--shard", "1/2"});
  const int all = trials_in(sandbox.work() / "shards.db");
  EXPECT_NEAR(half, all - half, 1);
  EXPECT_EQ(results_of(sandbox.work() / "shards.db"), reference);
}

TEST_F(Identical, InPartsByProblemOptimizerAndSeed) {
  run("parts.db", {"--problem", "mlp*"});
  run("parts.db", {"--optimizer", "l*"});
  run("parts.db", {"--seeds", "1"});
  run("parts.db", {});
  // Trials that parts have in common are run once.
  EXPECT_EQ(sql(sandbox.work() / "parts.db", "SELECT max(repetition) FROM measurement"), "0\n");
  EXPECT_EQ(results_of(sandbox.work() / "parts.db"), reference);
}

TEST_F(Identical, FromAnotherFolderAndWithAGuest) {
  Sandbox elsewhere;
  const std::string suite = elsewhere.write("same.toml", broad_suite());
  elsewhere.environment["RAVINE_PLUGIN_PATH"] = sandbox.other("guests");
  std::filesystem::create_directory(sandbox.other("guests"));
  std::filesystem::copy(plugin_of_run("patient"), sandbox.other("guests"));
  const Outcome outcome = elsewhere.ravine(
      {"run", suite, "--data", sandbox.other("images"), "--db", "same.db", "--jobs", "3"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(results_of(elsewhere.work() / "same.db"), reference) << "the guest took no part";
  EXPECT_EQ(results_of(elsewhere.work() / "same.db", "optimizer <> 'patient'"), reference);
}

}  // namespace
}  // namespace ravine::test
