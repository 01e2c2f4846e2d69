// Limits in seconds and memory are no part of a trial's identity: raising one is told to a run.
#include <gtest/gtest.h>

#include <string>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"

namespace ravine::test {
namespace {

/// A trial whose 20 steps over 8 MB no machine does within a millisecond.
std::string suite_of(const std::string& seconds) {
  return "[suite]\nname = \"limits\"\n[budget]\niterations = 20\nseconds = " + seconds +
         "\n[targets]\nrelative = [1e-9]\n[[problem]]\nfamily = \"quadratic\"\n"
         "set = { n = 1000000 }\n[[optimizer]]\nid = \"gradient_descent\"\n";
}

TEST(Retry, RunsAgainWhatALimitHadStopped) {
  const Sandbox sandbox;
  const auto status = [&] {
    return sql(sandbox.work() / "limits.db", "SELECT status, stopped_by_clock FROM trial");
  };
  sandbox.write("s.toml", suite_of("0.001"));
  EXPECT_EQ(sandbox.ravine({"run", "s.toml"}).exit_code, 0);
  EXPECT_EQ(status(), "budget|1\n");

  sandbox.write("s.toml", suite_of("600"));
  const Outcome plain = sandbox.ravine({"run", "s.toml"});
  EXPECT_NE(plain.err.find("0 trials run, 1 done before"), std::string::npos) << plain.err;
  EXPECT_EQ(status(), "budget|1\n");

  const Outcome retry = sandbox.ravine({"run", "s.toml", "--retry"});
  EXPECT_NE(retry.err.find("1 trials run, 0 done before"), std::string::npos) << retry.err;
  EXPECT_EQ(status(), "budget|0\n") << "its iterations ran out, not its time";
}

}  // namespace
}  // namespace ravine::test
