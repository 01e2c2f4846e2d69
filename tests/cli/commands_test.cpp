// What every command answers to --help, to a reader that goes away, and to a full disk.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): SIGPIPE is POSIX's
#include <unistd.h>

#include <array>
#include <regex>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

class Commands : public testing::Test {
 protected:
  Commands() {
    sandbox.write("small.toml", small_suite());
    EXPECT_EQ(sandbox.ravine({"run", "small.toml", "--db", "small.db"}).exit_code, 0);
  }
  /// One of each command that writes to standard output.
  const std::vector<Sandbox::Words> writers = {
      {"list"},
      {"list", "optimizers"},
      {"table", "small.db"},
      {"table", "small.db", "--format", "markdown"},
      {"table", "small.db", "--format", "csv"},
      {"export", "small.db", "--table", "trace"},
      {"trace", "gradient_descent", "quadratic", "--steps", "500"},
      {"run", "small.toml", "--db", "small.db"}};
  Sandbox sandbox;
};

TEST_F(Commands, HelpOfEachExitsWith0AndNamesItsOptions) {
  const Outcome all = sandbox.ravine({"--help"});
  EXPECT_EQ(all.exit_code, 0);
  for (const char* command : {"run", "list", "table", "trace", "time", "export"}) {
    EXPECT_NE(all.out.find(std::string("\n  ") + command + " "), std::string::npos) << all.out;
    const Outcome help = sandbox.ravine({command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_EQ(help.err, "") << command;
    EXPECT_NE(help.out.find("Options:"), std::string::npos) << help.out;
  }
  for (const char* code : {"0 done", "1 a gate", "2 the command", "3 the", "130"})
    EXPECT_NE(all.out.find(code), std::string::npos) << all.out;
}

TEST_F(Commands, VersionIsThreeNumbers) {
  const Outcome version = sandbox.ravine({"--version"});
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_TRUE(std::regex_match(version.out, std::regex("[0-9]+\\.[0-9]+\\.[0-9]+\n")))
      << version.out;
}

TEST_F(Commands, ListShowsEveryBundledOptimizer) {
  const Outcome list = sandbox.ravine({"list", "optimizers"});
  EXPECT_EQ(list.exit_code, 0);
  std::size_t libraries = 0;
  const auto plugins =
      std::filesystem::path(RAVINE_PROGRAM).parent_path().parent_path() / "lib/ravine/plugins";
  for (const auto& entry : std::filesystem::directory_iterator(plugins)) {
    ++libraries;
    // Each bundled library is called as the one optimizer that it offers.
    const std::string id = entry.path().stem();
    EXPECT_NE(("\n" + list.out).find("\n" + id + "  "), std::string::npos) << id;
  }
  EXPECT_GE(libraries, 7U);
  EXPECT_EQ(list.out.find("learning_rate"), std::string::npos) << "a line each";
  const Outcome one = sandbox.ravine({"list", "optimizers", "saga"});
  EXPECT_NE(one.out.find("learning_rate"), std::string::npos);
  EXPECT_NE(one.out.find(", in MiB"), std::string::npos) << "units show\n" << one.out;
  const Outcome problems = sandbox.ravine({"list", "problems"});
  EXPECT_NE(problems.out.find("\nrosenbrock  "), std::string::npos) << problems.out;
  EXPECT_EQ(problems.out.find("number of variables"), std::string::npos) << "a line each";
}

TEST_F(Commands, ListShowsTheKnownPointsOfAProblem) {
  const auto expect = [&](const char* problem, const std::vector<std::string>& lines) {
    const Outcome page = sandbox.ravine({"list", "problems", problem});
    EXPECT_EQ(page.exit_code, 0) << page.err;
    for (const std::string& line : lines)
      EXPECT_NE(page.out.find("\n  " + line + "\n"), std::string::npos) << line << "\n" << page.out;
  };
  // f(x0) of the literature; the minimum of Freudenstein and Roth that most starts end in.
  expect("rosenbrock", {"start    f(x0) = 24.2, x0 = (-1.2, 1)", "minimum  f* = 0, x* = (1, 1)"});
  expect("freudenstein_roth",
         {"start    f(x0) = 400.5, x0 = (0.5, -2)", "minimum  f* = 0, x* = (5, 4)"});
  const Outcome roth = sandbox.ravine({"list", "problems", "freudenstein_roth"});
  EXPECT_NE(roth.out.find("  also     local minimum, f = 48.98425368, x = (11.4127"),
            std::string::npos)
      << roth.out;
  const Outcome coding = sandbox.ravine({"list", "problems", "sparse_coding"});
  EXPECT_NE(coding.out.find("|h| is smoothed"), std::string::npos) << coding.out;
  EXPECT_NE(coding.out.find("max |x0_i| = "), std::string::npos) << "many variables";
}

TEST_F(Commands, AReaderThatGoesAwayIsNoFailure) {
  for (const auto& words : writers) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
    ::close(pipe[0]);
    const Outcome outcome = sandbox.start(words, pipe[1]).wait();
    ::close(pipe[1]);
    // As other programs do: it ends silently, by SIGPIPE or with 0.
    EXPECT_TRUE(outcome.signal == SIGPIPE || outcome.exit_code == 0)
        << words[0] << " ended with " << outcome.exit_code << ", signal " << outcome.signal;
    EXPECT_EQ(outcome.err.find("error"), std::string::npos) << words[0] << ": " << outcome.err;
    EXPECT_EQ(outcome.err.find("SIGPIPE"), std::string::npos) << words[0] << ": " << outcome.err;
  }
  EXPECT_EQ(trials_in(sandbox.work() / "small.db"), 6);
}

TEST_F(Commands, ARunWhoseReaderGoesAwayLeavesAWholeDatabase) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  ::close(pipe[0]);
  (void)sandbox.start({"run", "small.toml", "--db", "fresh.db"}, pipe[1]).wait();
  ::close(pipe[1]);
  EXPECT_EQ(trials_in(sandbox.work() / "fresh.db"), 6);
  // One plain file: whoever copies it alone has everything.
  EXPECT_EQ(sandbox.files_in_work(),
            (std::vector<std::string>{"fresh.db", "small.db", "small.toml"}));
}

TEST_F(Commands, AFullDiskUnderStandardOutputIsTold) {
  for (const auto& words : writers) {
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    ASSERT_GE(full, 0);
    const Outcome outcome = sandbox.start(words, full).wait();
    ::close(full);
    EXPECT_EQ(outcome.exit_code, 3) << words[0] << ": " << outcome.err;
    EXPECT_NE(outcome.err.find("error: "), std::string::npos) << words[0] << ": " << outcome.err;
  }
}

}  // namespace
}  // namespace ravine::test
