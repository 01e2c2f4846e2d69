// The suite textbook: no bundled optimizer looks broken in it.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/nist_data.hpp"

namespace ravine::test {
namespace {

#if !defined(RAVINE_SANITIZED)  // some minutes under a sanitizer, which the small suites serve
std::set<std::string> lines(const std::string& text) {
  std::istringstream in(text);
  std::set<std::string> found;
  for (std::string line; std::getline(in, line);) found.insert(line);
  return found;
}

TEST(Textbook, EveryOptimizerHitsItsFirstTargetWhereverItIsTried) {
  const Sandbox sandbox;
  const Outcome run =
      sandbox.start({"run", "textbook", "--db", "t.db", "--jobs", "2", "--no-tables"}).wait(1700);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto db = sandbox.work() / "t.db";
  EXPECT_EQ(sql(db,
                "SELECT optimizer_label, problem_label, status, reason FROM trial WHERE NOT EXISTS "
                "(SELECT 1 FROM hit WHERE hit.trial = trial.id AND NOT at_start)"),
            "");

  // Who is not in it, and why.
  std::set<std::string> absent;
  const auto tried = lines(sql(db, "SELECT DISTINCT optimizer FROM trial"));
  for (const auto& file : std::filesystem::directory_iterator(RAVINE_PLUGIN_DIR))
    if (file.path().extension() == ".so" && !tried.contains(file.path().stem()))
      absent.insert(file.path().stem());
  EXPECT_EQ(absent, (std::set<std::string>{"secant"}));  // no problem has one variable
}

// Planned whole, run whole: no name, parameter or expression in them is wrong, and nothing crashes.
// Of those with known answers only, which take some seconds each; "large" takes minutes.
TEST(Suites, WithKnownAnswersRunWithoutAFailure) {
  const Sandbox sandbox;
  for (const std::string suite :
       {"quadratics", "classics", "saddles", "regressions", "stochastic"}) {
    const std::string db = suite + ".db";
    const Outcome run =
        sandbox.start({"run", suite, "--db", db, "--jobs", "2", "--no-tables"}).wait(600);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(
        sql(sandbox.work() / db,
            "SELECT optimizer_label, problem_label, status, reason FROM trial WHERE status IN "
            "('crash', 'timeout', 'memory', 'protocol', 'infrastructure')"),
        "")
        << suite;
  }
  // Nothing is sent where it cannot run, and heavy ball's overshoot is no divergence.
  EXPECT_EQ(sql(sandbox.work() / "classics.db",
                "SELECT optimizer_label, problem_label FROM trial WHERE status = 'unsupported'"),
            "");
  EXPECT_EQ(sql(sandbox.work() / "quadratics.db",
                "SELECT optimizer_label, problem_label, status FROM trial WHERE status IN "
                "('unsupported', 'diverged')"),
            "");
  // Two wells: every start that a descent with a small step leaves ends in one or the other.
  EXPECT_EQ(
      sql(sandbox.work() / "saddles.db",
          "SELECT DISTINCT ended FROM trial WHERE problem = 'double_well' AND optimizer_label "
          "= 'gradient_descent learning_rate=0.1' ORDER BY ended"),
      "global minimum\nlocal minimum\n");
}
#endif

TEST(Suites, OfNistSayWhichFileIsMissing) {
  const Sandbox sandbox;
  const Outcome run = sandbox.ravine({"run", "nist"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_NE(run.err.find("data file 'nist/Bennett5.dat' is missing: parameter 'folder' says where "
                         "NIST's files are"),
            std::string::npos)
      << run.err;
}

TEST(Suites, OfNistAreSolvedByLevenbergMarquardtFromBothStarts) {
  if (!nist_missing().empty()) GTEST_SKIP() << nist_missing();
  const Sandbox sandbox;
  std::filesystem::create_directory_symlink(kNistData, sandbox.work() / "nist");
  const Outcome run = sandbox.ravine({"run", "nist", "--no-tables"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto db = sandbox.work() / "nist.db";
  EXPECT_EQ(sql(db,
                "SELECT count(*) FROM trial WHERE status = 'hit' AND optimizer = "
                "'levenberg_marquardt'"),
            "54\n");
  EXPECT_EQ(sql(db,
                "SELECT optimizer_label, problem_label, status, reason FROM trial WHERE status NOT "
                "IN ('hit', 'budget', 'converged-early')"),
            "");
}

}  // namespace
}  // namespace ravine::test
