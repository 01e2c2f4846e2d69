// Numbers of the command line are read to the letter, and exit codes say what came of a trace.
#include <gtest/gtest.h>

#include "tests/cli/ravine.hpp"

namespace ravine::test {
namespace {

TEST(Numbers, ThatAreNotWholeAreRefused) {
  const Sandbox sandbox;
  using Words = Sandbox::Words;
  for (const Words& words :
       {Words{"trace", "adam", "sphere", "--seed", "-1"},
        Words{"trace", "adam", "sphere", "--instance", "-1"},
        Words{"trace", "adam", "sphere", "--batch", "-5"},
        Words{"trace", "adam", "sphere", "--coordinates", "-1"},
        Words{"trace", "adam", "sphere", "--seed", "99999999999999999999"},
        Words{"trace", "adam", "sphere", "--steps", "1e3"},
        Words{"run", "quick", "--seeds", "0,-1"}, Words{"run", "quick", "--jobs", "0"},
        Words{"time", "adam", "--n", "0"}}) {
    const Outcome outcome = sandbox.ravine(words);
    EXPECT_EQ(outcome.exit_code, 2) << words.back();
    EXPECT_NE(outcome.err.find("is no whole number of ["), std::string::npos) << outcome.err;
  }
}

TEST(Numbers, OfAStartAreAllThere) {
  const Sandbox sandbox;
  for (const char* start : {"", "1,,2", "1,x", "1,", "nan", "1e999"}) {
    const Outcome outcome = sandbox.ravine(
        {"trace", "adam", "sphere", "--problem-set", "n=2", std::string("--x0=") + start});
    EXPECT_EQ(outcome.exit_code, 2) << start;
    EXPECT_NE(outcome.err.find("--x0"), std::string::npos) << outcome.err;
  }
  const Outcome good = sandbox.ravine(
      {"trace", "adam", "sphere", "--problem-set", "n=2", "--x0=-1,2.5e0", "--steps", "1"});
  EXPECT_EQ(good.exit_code, 0) << good.err;
}

TEST(Numbers, AreGivenOnce) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.ravine(
      {"trace", "adam", "sphere", "--set", "learning_rate=1", "--set", "learning_rate=2"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("learning_rate is given twice"), std::string::npos) << outcome.err;
}

TEST(Trace, ThatNeverBeganHasAnExitCodeOfItsOwn) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.ravine({"trace", "levenberg_marquardt", "rastrigin"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  EXPECT_NE(outcome.err.find("unsupported"), std::string::npos) << outcome.err;
}

TEST(Trace, SaysThatAScheduleWasIgnored) {
  const Sandbox sandbox;
  const Outcome outcome =
      sandbox.ravine({"trace", "rprop", "sphere", "--schedule", "cosine", "--steps", "3"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("the schedule was ignored"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace ravine::test
