#include "tests/cli/half_way.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/cli/database.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {

HalfWay::HalfWay(const Sandbox::Words& words) : command(words) {
  command.insert(command.end(), {"--plugin", plugin_of_run("patient")});
  std::string suite = small_suite();
  const std::string seconds = "seconds = 1";
  suite.replace(suite.find(seconds), seconds.size(), "seconds = 100");
  sandbox.write("small.toml", suite);
  const std::string gate = sandbox.other("gate");
  EXPECT_EQ(mkfifo(gate.c_str(), 0600), 0);
  sandbox.environment["RAVINE_TEST_GATE"] = gate;
  run.reset(new Running(sandbox.start(command)));    // cannot be moved
  gate_ = open(gate.c_str(), O_WRONLY | O_CLOEXEC);  // until the plugin opens its end
  EXPECT_GE(gate_, 0);
}

HalfWay::~HalfWay() { let_go(); }

void HalfWay::let_go() {
  if (gate_ < 0) return;
  sandbox.environment.erase("RAVINE_TEST_GATE");
  std::filesystem::remove(sandbox.other("gate"));  // later steps find none and do not wait
  close(gate_);
  gate_ = -1;
}

void HalfWay::expect_whole() const {
  Sandbox::Words undisturbed = command;
  undisturbed[3] = "undisturbed.db";
  EXPECT_EQ(sandbox.ravine(undisturbed).exit_code, 0);
  EXPECT_EQ(trials_in(sandbox.work() / "half.db"), kTrials);
  EXPECT_EQ(results_of(sandbox.work() / "half.db"), results_of(sandbox.work() / "undisturbed.db"));
  EXPECT_EQ(sandbox.files_in_work(),
            (std::vector<std::string>{"half.db", "small.toml", "undisturbed.db"}));
}

}  // namespace ravine::test
