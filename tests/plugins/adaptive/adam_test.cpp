// Adam against closed forms: its epsilons, its bound, and the stream on which it fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "tests/plugins/adaptive/streams.hpp"
#include "tests/plugins/random.hpp"

namespace {

using namespace ravine::test;  // NOLINT(google-build-using-namespace): a test of one room

TEST(Adam, FirstStepIsTheLearningRateWhateverTheGradient) {
  // |x_1 - x_0| = alpha |g| / (|g| + epsilon), with g_0 = -3 and g_2 = 8; g_1 = 0 stays put.
  Host host("adam", flat_coordinate(), {{"learning_rate", 0.25}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], 0.25 * 3 / (3 + 1e-8), 1e-15);
  EXPECT_EQ(host.x[1], 5);
  EXPECT_NEAR(host.x[2], 2 - 0.25 * 8 / (8 + 1e-8), 1e-15);
}

TEST(Adam, BetasOfZeroAreSignDescentUpToEpsilon) {
  Host host("adam", flat_coordinate(), {{"learning_rate", 0.25}, {"beta1", 0}, {"beta2", 0}});
  host.steps(2);
  EXPECT_NEAR(host.x[0], 0.5, 1e-8);
  EXPECT_NEAR(host.x[2], 1.5, 1e-8);
}

TEST(Adam, EpsilonInsideTheRootIsAFloorThatEpsilonOutsideIsNot) {
  EXPECT_NEAR(first_step("adam", {}, 1e-5), 1e-5 / (1e-5 + 1e-8), 1e-12);  // 0.999
  EXPECT_NEAR(first_step("adam", {{"epsilon_form", 1}}, 1e-5), 0.099503719, 1e-9);
  // The hat's epsilon counts for epsilon / sqrt(1 - beta2) at t = 1.
  const double hat = 1e-8 / std::sqrt(1 - 0.999);
  EXPECT_NEAR(first_step("adam", {{"epsilon_form", 2}}, 1e-5), 1e-5 / (1e-5 + hat), 1e-12);
}

// The largest |x_t - x_{t-1}| at a rate of 1 in `count` steps.
double longest_step(const Settings& settings, const std::function<double(int)>& gradient,
                    int count) {
  Host host("adam", stream(gradient), unit_rate(settings));
  double longest = 0;
  for (int k = 0; k < count; ++k) {
    const double before = host.x[0];
    host.steps(1);
    longest = std::max(longest, std::fabs(host.x[0] - before));
  }
  return longest;
}

TEST(Adam, AGradientAfterLongSilenceIsMagnifiedAsThePaperSays) {
  // (1 - beta1) / sqrt(1 - beta2) = 3.162; by t = 20001 both corrections are within 1e-8 of 1.
  const auto late = [](int t) { return t == 20001 ? 1.0 : 0.0; };
  EXPECT_NEAR(longest_step({}, late, 20001), std::sqrt(10), 1e-5);
}

// The paper's bound, max(1, (1 - beta1) / sqrt(1 - beta2)), is one of sparse and of steady
// gradients. Of all gradients it is Cauchy and Schwarz's: |m| <= (1 - beta1) / sqrt(1 - beta2) /
// sqrt(1 - beta1^2 / beta2) sqrt(v), with equality for gradients that grow by beta2 / beta1 a step.
TEST(Adam, NoStepIsLongerThanTheSharpBoundAndGrowingGradientsAttainIt) {
  for (const auto& [beta1, beta2] : {std::pair{0.9, 0.999}, {0.5, 0.9}, {0.9, 0.9}, {0.0, 0.99}}) {
    const Settings settings{{"beta1", beta1}, {"beta2", beta2}, {"epsilon", 1e-200}};
    const double sharp = (1 - beta1) / std::sqrt((1 - beta2) * (1 - beta1 * beta1 / beta2));
    const RandomStream random("adam bound");
    const auto heavy_tailed = [&](int t) {
      const auto i = static_cast<std::uint64_t>(t);
      return std::pow(random.normal(i), 9);
    };
    EXPECT_LE(longest_step(settings, heavy_tailed, 3000), sharp * (1 + 1e-12));
    if (beta1 == 0) continue;
    // Silence first, until the corrections are within 1e-9 of 1.
    const int silence = static_cast<int>(std::log(1e-9) / std::log(beta2));
    const auto growing = [&, growth = beta2 / beta1](int t) {
      return t <= silence ? 0 : std::pow(growth, t - silence - 300);
    };
    EXPECT_NEAR(longest_step(settings, growing, silence + 300), sharp, 1e-6 * sharp);
  }
}

// Reddi, Kale and Kumar 2018, section 3: f_t(x) = 3 x at every third step, -x at the others, on
// [-1, 1]; the best point is -1. x after 30000 steps of rate 0.5 / sqrt(t).
double play_reddi(const char* plugin, Settings settings, double beta2 = 0.1) {
  settings.merge(Settings{{"learning_rate", 0.5}, {"beta1", 0}, {"beta2", beta2}});
  Host host(plugin, stream([](int t) { return t % 3 == 1 ? 3.0 : -1.0; }), settings);
  for (int t = 1; t <= 30000; ++t) {
    EXPECT_EQ(host.step(1 / std::sqrt(t)), RAVINE_OK);
    host.x[0] = std::clamp(host.x[0], -1.0, 1.0);
  }
  return host.x[0];
}

TEST(Reddi, AdamGoesToTheWorstPoint) {
  EXPECT_GT(play_reddi("adam", {}), 0.99);
  EXPECT_GT(play_reddi("adam", {{"bias_correction", 0}}), 0.99);
}

TEST(Reddi, AmsGradGoesToTheBestPointInEachOfItsDefinitions) {
  for (const double definition : {0, 1, 2})
    EXPECT_LT(play_reddi("amsgrad", {{"definition", definition}}), -0.99) << definition;
}

TEST(Reddi, ALongerMemoryOfTheSecondMomentSavesAdam) {
  EXPECT_LT(play_reddi("adam", {}, 0.999), -0.99);
}

TEST(AmsGrad, ForgetsNoGradientThatAdamForgets) {
  // A gradient of 100 and then of 1: Adam's steps recover, AMSGrad's stay at 1 / 100 and less,
  // where definition 0 divides by the growing 1 - beta2^t.
  const auto burst = [](int t) { return t == 1 ? 100.0 : 1.0; };
  const Settings settings = unit_rate({{"beta1", 0}, {"beta2", 0.9}});
  for (const char* plugin : {"adam", "amsgrad"}) {
    Host host(plugin, stream(burst), settings);
    host.steps(200);
    const double before = host.x[0];
    host.steps(1);
    // v of the first step is 0.1 * 100^2.
    const double expected = plugin == std::string("adam") ? 1 : 1 / (100 * std::sqrt(0.1));
    EXPECT_NEAR(before - host.x[0], expected, 1e-5) << plugin;
  }
}

}  // namespace
