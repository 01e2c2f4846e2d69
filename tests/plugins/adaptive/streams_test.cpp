// What constant gradients, zero gradients and rescaled objectives make of every adaptive method.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "tests/plugins/adaptive/streams.hpp"

namespace {

using namespace ravine::test;  // NOLINT(google-build-using-namespace): a test of one room

constexpr double kNoEpsilon = 1e-30;  // swallowed by everything that it is added to

// x after `count` steps of rate 1 on the gradient -3, from 0.
double climb(const char* plugin, const Settings& settings, int count) {
  Host host(plugin, constant(-3), unit_rate(settings));
  host.steps(count);
  return host.x[0];
}

TEST(ConstantGradient, EveryStepOfAdamsFamilyIsTheRate) {
  for (const char* plugin : {"adam", "amsgrad", "adamax"})
    for (const int t : {1, 2, 10, 500})
      EXPECT_NEAR(climb(plugin, {{"epsilon", kNoEpsilon}}, t), t, 1e-13 * t) << plugin;
  EXPECT_NEAR(climb("adam", {{"epsilon", kNoEpsilon}, {"epsilon_form", 1}}, 500), 500, 5e-11);
  EXPECT_NEAR(climb("adam", {{"epsilon", kNoEpsilon}, {"epsilon_form", 2}}, 500), 500, 5e-11);
  EXPECT_NEAR(climb("amsgrad", {{"epsilon", kNoEpsilon}, {"definition", 1}}, 500), 500, 5e-11);
  EXPECT_NEAR(climb("rmsprop", {{"epsilon", 0}, {"bias_correction", 1}}, 500), 500, 5e-11);
}

TEST(ConstantGradient, StepsOfAdaGradAreOneOverTheRootOfTheirNumber) {
  double sum = 0;
  for (int k = 1; k <= 1000; ++k) sum += 1 / std::sqrt(k);
  EXPECT_NEAR(climb("adagrad", {{"epsilon", 0}}, 1000), sum, 1e-12 * sum);
  EXPECT_NEAR(climb("adagrad_norm", {{"epsilon", 0}}, 1000), sum, 1e-12 * sum);
  EXPECT_NEAR(climb("adagrad_full", {}, 1000), sum, 1e-12 * sum);
  EXPECT_NEAR(sum, 2 * std::sqrt(1000), 1.5);
}

TEST(ConstantGradient, StepsOfRmsPropFallFromTheMagnifiedFirstToTheRate) {
  double sum = 0;
  for (int k = 1; k <= 300; ++k) sum += 1 / std::sqrt(1 - std::pow(0.9, k));
  EXPECT_NEAR(climb("rmsprop", {{"beta", 0.9}, {"epsilon", 0}}, 300), sum, 1e-12 * sum);
}

TEST(ConstantGradient, StepsOfTheAverageOfTheRunningSumGoToZero) {
  // S_k = k g^2 and R_k trails it by beta / (1 - beta) = 9 steps: |step| = 1 / sqrt(k - 9).
  Host literal("rmsprop", constant(-3),
               unit_rate({{"beta", 0.9}, {"average_of", 1}, {"epsilon", 0}}));
  literal.steps(9999);
  const double before = literal.x[0];
  literal.steps(1);
  EXPECT_NEAR(literal.x[0] - before, 1 / std::sqrt(10000 - 9), 1e-10);
}

// Settings with which epsilon does not matter.
struct Scaled {
  const char* plugin;
  Settings settings;
};
std::vector<Scaled> scale_free() {
  std::vector<Scaled> all{{"adamw", {{"weight_decay", 0}}},
                          {"adamax", {}},
                          {"nadamw", {{"weight_decay", 0}}},
                          {"adagrad", {{"learning_rate", 0.1}}},
                          {"rmsprop", {{"beta", 0.9}}},
                          {"rmsprop", {{"centered", 1}}},
                          {"rmsprop", {{"momentum", 0.5}}},
                          {"rmsprop", {{"average_of", 1}}},
                          {"adagrad_norm", {{"learning_rate", 0.1}}}};
  for (const double variant : {0, 1, 2}) {
    all.push_back({"adam", {{"epsilon_form", variant}}});
    all.push_back({"amsgrad", {{"definition", variant}}});
    all.push_back({"nadam", {{"definition", variant}}});
  }
  for (Scaled& c : all) {
    c.settings.emplace("learning_rate", 0.01);
    c.settings.emplace("epsilon", 1e-60);  // inside a root it counts for 1e-30
  }
  return all;
}

TEST(ScaledObjective, LeavesTheStepsWhatTheyAre) {
  // By a power of 2 every operation scales exactly. 1000 brings roundings, amplified here by less
  // than 1e4 in 30 steps.
  for (const Scaled& c : scale_free()) {
    Host plain(c.plugin, small_net(), c.settings);
    Host doubled(c.plugin, scaled(small_net(), 1024), c.settings);
    Host thousand(c.plugin, scaled(small_net(), 1000), c.settings);
    for (Host* host : {&plain, &doubled, &thousand}) host->steps(30);
    EXPECT_EQ(doubled.x, plain.x) << c.plugin;
    EXPECT_NE(plain.x, small_net().start) << c.plugin;
    for (std::size_t i = 0; i < plain.x.size(); ++i)
      EXPECT_NEAR(thousand.x[i], plain.x[i], 1e-11) << c.plugin;
  }
}

TEST(ScaledObjective, LeavesTheStepsOfAdadeltaWhatTheyAreUpToEpsilon) {
  // Gradients around 1e3 and 1e6: epsilon / E is at most 1e-6 / (0.1 * 1e6).
  Host plain("adadelta", scaled(diagonal_quadratic({1, 2}), 1e3), {});
  Host thousand("adadelta", scaled(diagonal_quadratic({1, 2}), 1e6), {});
  for (Host* host : {&plain, &thousand}) host->steps(50);
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_NEAR((1 - thousand.x[i]) / (1 - plain.x[i]), 1, 1e-10);
    EXPECT_GT(1 - plain.x[i], 0.05);
  }
}

TEST(ZeroGradient, LeavesXWhereItIs) {
  std::vector<Scaled> all = scale_free();
  all.push_back({"radam", {}});
  all.push_back({"adadelta", {}});
  all.push_back({"adagrad_full", {}});
  all.push_back({"adagrad_full", {{"inverse", 1}}});
  for (const char* plugin : {"adamax", "adagrad", "adagrad_norm", "rmsprop"})
    all.push_back({plugin, {{"epsilon", 0}}});  // 0 / 0 := 0
  all.push_back({"adagrad", {{"epsilon", 0}, {"epsilon_form", 1}}});
  all.push_back({"rmsprop", {{"epsilon", 0}, {"centered", 1}}});
  for (const Scaled& c : all) {
    Host host(c.plugin, constant(0, 1.25), c.settings);
    host.steps(10);
    EXPECT_EQ(host.x[0], 1.25) << c.plugin;
  }
}

TEST(Parameters, AnAverageThatKeepsEverythingIsOutsideOfEveryRange) {
  for (const char* plugin :
       {"adam", "adamw", "amsgrad", "adamax", "nadam", "nadamw", "radam", "rmsprop", "adadelta"}) {
    const Host host(plugin, constant(1));
    int found = 0;
    for (std::uint64_t k = 0; k < host.optimizer->parameter_count; ++k) {
      const ravine_parameter& p = *host.optimizer->parameters[k];
      const std::string name = p.name;
      if (name.starts_with("beta") || name == "rho" || name == "momentum") {
        ++found;
        EXPECT_EQ(p.maximum, 1) << plugin << " " << name;
        EXPECT_TRUE((p.open & RAVINE_OPEN_MAXIMUM) != 0) << plugin << " " << name;
      }
    }
    EXPECT_GT(found, 0) << plugin;
  }
}

TEST(Parameters, EpsilonMayBeZeroWhereZeroOverZeroIsDefined) {
  for (const char* plugin : {"adam", "adamw", "amsgrad", "adamax", "nadam", "nadamw", "radam",
                             "adagrad", "adagrad_norm", "rmsprop", "adadelta"}) {
    const Host host(plugin, constant(1));
    const std::string name = plugin;
    const bool may_be_zero = name == "adamax" || name.starts_with("adagrad") || name == "rmsprop";
    for (std::uint64_t k = 0; k < host.optimizer->parameter_count; ++k)
      if (const ravine_parameter& p = *host.optimizer->parameters[k];
          p.name == std::string("epsilon")) {
        EXPECT_EQ(p.minimum, 0) << plugin;
        EXPECT_EQ((p.open & RAVINE_OPEN_MINIMUM) == 0, may_be_zero) << plugin;
      }
  }
}

}  // namespace
