// Which trials share a problem, and that sharing changes nothing.
#include "harness/worker/kept_problem.hpp"

#include <gtest/gtest.h>

#include "problems/data/data_sets.hpp"
#include "problems/problem.hpp"
#include "tests/harness/support.hpp"

namespace ravine {
namespace {

harness::TrialSpec rotated(std::uint64_t instance, std::uint64_t seed) {
  harness::TrialSpec trial = test::plain_trial("quadratic", 1);
  trial.parameters["rotation"].text = "hadamard";
  trial.instance = {instance, seed};
  return trial;
}

TEST(KeptProblem, RepetitionsShareACanonicalInstanceThatNoSeedEnters) {
  EXPECT_TRUE(harness::same_problem(rotated(0, 1), rotated(0, 2)));
  EXPECT_FALSE(harness::same_problem(rotated(1, 1), rotated(1, 2)));
  EXPECT_TRUE(harness::same_problem(rotated(1, 2), rotated(1, 2)));
  EXPECT_FALSE(harness::same_problem(rotated(0, 1), rotated(1, 1)));
  harness::TrialSpec other = rotated(0, 1);
  other.parameters["kappa"].number = 7;
  EXPECT_FALSE(harness::same_problem(rotated(0, 1), other));
}

TEST(KeptProblem, IsBuiltAnewOnlyForAnother) {
  problems::DataSets data;
  harness::KeptProblem kept;
  const auto first = rotated(0, 1), again = rotated(0, 2), other = rotated(1, 2);
  const auto* built = &kept.of(first, data);
  EXPECT_EQ(&kept.of(again, data), built);
  const double shifted = kept.of(other, data).facts().x0[0];
  EXPECT_NE(shifted, kept.of(first, data).facts().x0[0]);
}

TEST(KeptProblem, OneThatWasUsedAnswersTheBitsOfAFreshOne) {
  problems::DataSets data;
  harness::KeptProblem kept;
  const auto trial = rotated(1, 3);
  const std::vector<double> x(100, 0.25), y(100, -3);
  double used = 0, fresh = 0, ignored = 0;
  std::vector<double> g(100), h(100);
  kept.of(trial, data).evaluate({}, y, &ignored, g.data());
  kept.of(trial, data).evaluate({}, y, &ignored, nullptr);
  kept.of(trial, data).evaluate({}, x, &used, nullptr);
  kept.drop();
  kept.of(trial, data).evaluate({}, x, &fresh, h.data());
  EXPECT_EQ(used, fresh);  // with and without the gradient's memory
}

}  // namespace
}  // namespace ravine
