// Adam against closed forms.
#include <gtest/gtest.h>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;

TEST(Adam, FirstStepIsTheLearningRateWhateverTheGradient) {
  // |x_1 - x_0| = alpha |g| / (|g| + epsilon), with g_0 = -3 and g_2 = 8; g_1 = 0 stays put.
  Host host("adam", ravine::test::flat_coordinate(), {{"learning_rate", 0.25}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], 0.25 * 3 / (3 + 1e-8), 1e-15);
  EXPECT_EQ(host.x[1], 5);
  EXPECT_NEAR(host.x[2], 2 - 0.25 * 8 / (8 + 1e-8), 1e-15);
}

TEST(Adam, BetasOfZeroAreSignDescentUpToEpsilon) {
  Host host("adam", ravine::test::flat_coordinate(),
            {{"learning_rate", 0.25}, {"beta1", 0}, {"beta2", 0}});
  host.steps(2);
  EXPECT_NEAR(host.x[0], 0.5, 1e-8);
  EXPECT_NEAR(host.x[2], 1.5, 1e-8);
}

}  // namespace
