// A run that is ended half-way goes on from there.
#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): SIGKILL's number

#include "tests/cli/database.hpp"
#include "tests/cli/half_way.hpp"

namespace ravine::test {
namespace {

TEST(Interrupted, AKilledRunLosesOnlyTheTrialInFlightAndLeavesNoProcess) {
  HalfWay half_way;
  half_way.run->signal(SIGKILL);
  EXPECT_EQ(half_way.run->wait().signal, SIGKILL);
  EXPECT_EQ(half_way.sandbox.survivors(), std::vector<std::string>());
  const int stored = trials_in(half_way.sandbox.work() / "half.db");
  EXPECT_EQ(stored, 3);
  EXPECT_EQ(half_way.sandbox.ravine({"table", "half.db"}).exit_code, 0) << "reads what there is";

  half_way.let_go();
  const Outcome again = half_way.sandbox.ravine(half_way.command);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NE(again.err.find("5 trials run, 3 done before"), std::string::npos) << again.err;
  half_way.expect_whole();
}

class InterruptedBy : public testing::TestWithParam<int> {};

TEST_P(InterruptedBy, ASignalKeepsWhatIsDoneAndTellsHowToGoOn) {
  HalfWay half_way;
  half_way.run->signal(GetParam());
  const Outcome interrupted = half_way.run->wait(5);
  EXPECT_FALSE(interrupted.timed_out);
  EXPECT_EQ(interrupted.exit_code, 130) << interrupted.err;
  EXPECT_NE(interrupted.err.find("run the same command again to go on"), std::string::npos)
      << interrupted.err;
  EXPECT_NE(interrupted.err.find("3 trials run"), std::string::npos) << interrupted.err;
  EXPECT_EQ(half_way.sandbox.survivors(), std::vector<std::string>());
  EXPECT_EQ(half_way.sandbox.files_in_work(), (std::vector<std::string>{"half.db", "small.toml"}));

  half_way.let_go();
  const Outcome again = half_way.sandbox.ravine(half_way.command);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NE(again.err.find("5 trials run, 3 done before"), std::string::npos) << again.err;
  half_way.expect_whole();
}

TEST_P(InterruptedBy, ATraceLeavesNoProcess) {
  HalfWay half_way({"trace", "patient", "quadratic"});
  half_way.run->signal(GetParam());
  EXPECT_FALSE(half_way.run->wait(5).timed_out);
  EXPECT_EQ(half_way.sandbox.survivors(), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Signal, InterruptedBy, testing::Values(SIGINT, SIGTERM),
                         [](const auto& tested) {
                           return tested.param == SIGINT ? "interrupt" : "terminate";
                         });

}  // namespace
}  // namespace ravine::test
