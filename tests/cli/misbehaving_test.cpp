// Plugins that misbehave while a trial runs: what is recorded of them, and that nobody else
// notices.
#include <gtest/gtest.h>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

struct Misdeed {
  const char* plugin;
  const char* status;
  const char* reason;  ///< part of trial.reason
  const char* note;    ///< part of trial.notes; "": there is none
  bool failed;         ///< counted among the failed
};

std::ostream& operator<<(std::ostream& out, const Misdeed& misdeed) {
  return out << misdeed.plugin;
}

constexpr Misdeed kMisdeeds[] = {
    {"segfault_in_step", "crash", "died of SIGSEGV", "", true},
    {"abort_in_step", "crash", "died of SIGABRT", "", true},
    {"exits_in_step", "crash", "ended its process with code 0", "", true},
    {"exits_in_init", "crash", "ended its process with code 0", "", true},
    {"loops_forever", "timeout", "still at work after 3 s", "", true},
    {"never_stops", "timeout", "still at work after 3 s", "", true},
    {"ignores_stop", "budget", "an oracle cost of 500 was used", "after it was told to stop",
     false},
    {"writes_nan", "diverged", "left all bounds", "", false},
    {"never_moves", "budget", "200 iterations were used", "", false},
    {"claims_convergence", "converged-early", "says that it has converged", "", false},
    {"unknown_status", "protocol", "status 4242", "", true},
    {"throws", "protocol", "an exception crossed the contract", "", true},
    {"writes_past_x", "protocol", "wrote past the end of x", "", true},
    {"changes_rounding", "hit", "", "changed the rounding mode", false},
    {"flushes_denormals", "hit", "", "floating-point state while loading", false},
    {"hangs_in_destroy", "hit", "", "in destroy: hung and was killed after 3 s", false},
    {"crashes_in_destroy", "hit", "", "in destroy: died of SIGSEGV", false},
    {"floods_output", "hit", "", "", false},
    {"leaves_child", "hit", "", "", false},
    {"leaves_daemon", "hit", "", "", false},
    {"refuses_to_create", "unsupported", "create refused: the moon is in the wrong quarter", "",
     false},
#if !defined(RAVINE_SANITIZED)  // a sanitizer's own memory forbids a limit
    {"eats_memory", "memory", "allocation failed", "", true},
#endif
};

class Misbehaving : public testing::TestWithParam<Misdeed> {
 protected:
  Misbehaving() {
    sandbox.write("small.toml", small_suite());
    EXPECT_EQ(sandbox.ravine({"run", "small.toml", "--db", "without.db"}).exit_code, 0);
    began = sandbox
                .start({"run", "small.toml", "--db", "with.db", "--jobs", "2", "--plugin",
                        plugin_of_run(GetParam().plugin)})
                .wait();
  }
  std::string of_both(const std::string& columns) {
    return sql(sandbox.work() / "with.db",
               "SELECT DISTINCT " + columns + " FROM trial WHERE optimizer = 'misbehaving'");
  }
  Sandbox sandbox;
  Outcome began;
};

TEST_P(Misbehaving, CostsItsOwnTrialsAndNothingElse) {
  const Misdeed& misdeed = GetParam();
  EXPECT_EQ(began.exit_code, 0) << began.err;
  EXPECT_EQ(
      of_both("status, stopped_by_clock"),
      std::string(misdeed.status) + (misdeed.status == std::string("timeout") ? "|1\n" : "|0\n"));
  const std::string reason = of_both("reason"), notes = of_both("notes");
  EXPECT_NE(reason.find(misdeed.reason), std::string::npos) << reason;
  if (*misdeed.note == '\0')
    EXPECT_EQ(notes, "[]\n");
  else
    EXPECT_NE(notes.find(misdeed.note), std::string::npos) << notes;
  EXPECT_EQ(sql(sandbox.work() / "with.db", "SELECT count(*) FROM trial"), "8\n");
  EXPECT_EQ(began.err.find("2 failed (see their status)") != std::string::npos, misdeed.failed)
      << began.err;

  EXPECT_EQ(results_of(sandbox.work() / "with.db", "optimizer <> 'misbehaving'"),
            results_of(sandbox.work() / "without.db"));
  // A budget of 1 s, 2 s of grace, both trials at a time; the rest is for a busy machine.
  EXPECT_LT(began.seconds, 12);
  EXPECT_EQ(sandbox.survivors(), std::vector<std::string>());
  EXPECT_EQ(sandbox.files_in_work(),
            (std::vector<std::string>{"small.toml", "with.db", "without.db"}));
  EXPECT_EQ(began.out.find("quick brown fox"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Run, Misbehaving, testing::ValuesIn(kMisdeeds),
                         [](const auto& tested) { return std::string(tested.param.plugin); });

TEST(MisbehavingBooks, OfAWorkerThatWasKilledBalance) {
  const Sandbox sandbox;
  sandbox.write("small.toml", small_suite());
  sandbox.ravine({"run", "small.toml", "--optimizer", "misbehaving", "--plugin",
                  plugin_of_run("loops_forever")});
  // Killed 3 s after its start (a budget of 1 s and 2 s of grace), in its first step: all but the
  // start-up is the optimizer's.
  EXPECT_EQ(sql(sandbox.work() / "small.db",
                "SELECT DISTINCT books_balance, optimizer_seconds > 0.9 * wall_seconds, "
                "wall_seconds >= 3 FROM measurement"),
            "1|1|1\n");
}

TEST(MisbehavingTogether, TwoOfOneIdThatNoSuiteNamesAreRefused) {
  const Sandbox sandbox;
  sandbox.write("small.toml", small_suite());
  const Outcome run = sandbox.ravine({"run", "small.toml", "--plugin", plugin_of_run("throws"),
                                      "--plugin", plugin_of_run("never_moves")});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_NE(run.err.find("two plugins offer \"misbehaving\""), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("throws.so"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("never_moves.so"), std::string::npos) << run.err;
  EXPECT_EQ(run.err.find(":0:0"), std::string::npos) << run.err;
  EXPECT_EQ(sandbox.files_in_work(), std::vector<std::string>{"small.toml"});
}

#if !defined(RAVINE_SANITIZED)
TEST(MemoryLimit, TooSmallForTheProblemItselfIsNoCrashOfThePlugins) {
  const Sandbox sandbox;
  std::string suite = small_suite();
  suite.replace(suite.find("n = 5"), 5, "n = 9000000");  // 72 MB a vector, and three of them
  sandbox.write("small.toml", suite);
  const Outcome run = sandbox.ravine({"run", "small.toml", "--problem", "bowl"});
  EXPECT_EQ(sql(sandbox.work() / "small.db",
                "SELECT count(*) FROM trial WHERE status IN ('memory', 'infrastructure')"),
            "3\n")
      << sql(sandbox.work() / "small.db", "SELECT DISTINCT status, reason FROM trial") << run.err;
}
#endif

}  // namespace
}  // namespace ravine::test
