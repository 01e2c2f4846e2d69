// Methods that reduce to their parents, bit for bit.
#include <gtest/gtest.h>

#include "tests/plugins/adaptive/streams.hpp"

namespace {

using namespace ravine::test;  // NOLINT(google-build-using-namespace): a test of one room

struct Method {
  const char* plugin;
  Settings settings;
};

void expect_same_bits(const Method& a, const Method& b, double rate = 0.01,
                      const Objective& objective = small_net()) {
  Settings first = a.settings, second = b.settings;
  first.emplace("learning_rate", rate);
  second.emplace("learning_rate", rate);
  Host one(a.plugin, objective, first);
  Host other(b.plugin, objective, second);
  for (int k = 0; k < 200; ++k) {
    one.steps(1);
    other.steps(1);
    ASSERT_EQ(one.x, other.x) << a.plugin << " and " << b.plugin << " after step " << k;
  }
  EXPECT_NE(one.x, objective.start);
}

TEST(Reduction, AdamWWithoutDecayIsAdam) {
  expect_same_bits({"adamw", {{"weight_decay", 0}}}, {"adam", {}});
  expect_same_bits({"adamw", {{"weight_decay", 0}, {"decay_form", 1}}}, {"adam", {}});
}

TEST(Reduction, NAdamWWithoutDecayIsNAdamInEachDefinition) {
  for (const double definition : {0, 1, 2})
    expect_same_bits({"nadamw", {{"weight_decay", 0}, {"definition", definition}}},
                     {"nadam", {{"definition", definition}}});
}

TEST(Reduction, NAdamWithoutFirstMomentIsAdamWithoutIt) {
  for (const double definition : {0, 1, 2})
    expect_same_bits({"nadam", {{"beta1", 0}, {"definition", definition}}},
                     {"adam", {{"beta1", 0}}});
}

TEST(Reduction, AdamWithoutFirstMomentIsCorrectedRmsProp) {
  for (const double form : {0, 1})
    expect_same_bits({"adam", {{"beta1", 0}, {"beta2", 0.99}, {"epsilon_form", form}}},
                     {"rmsprop", {{"bias_correction", 1}, {"epsilon_form", form}}});
}

TEST(Reduction, AdamWithoutFirstMomentAndCorrectionIsRmsProp) {
  expect_same_bits({"adam", {{"beta1", 0}, {"beta2", 0.99}, {"bias_correction", 0}}},
                   {"rmsprop", {}});
}

TEST(Reduction, WithoutCorrectionTheHatIsTheOutside) {
  expect_same_bits({"adam", {{"epsilon_form", 2}, {"bias_correction", 0}}},
                   {"adam", {{"bias_correction", 0}}});
}

TEST(Reduction, AmsGradIsAdamWhereTheSecondMomentGrows) {
  const auto growing = [] { return stream([](int t) { return static_cast<double>(t); }); };
  Host ams("amsgrad", growing());
  Host adam("adam", growing());
  Host reddi("amsgrad", growing(), {{"definition", 2}});
  Host uncorrected("adam", growing(), {{"bias_correction", 0}});
  for (int k = 0; k < 200; ++k) {
    for (Host* host : {&ams, &adam, &reddi, &uncorrected}) host->steps(1);
    ASSERT_EQ(ams.x, adam.x) << k;
    ASSERT_EQ(reddi.x, uncorrected.x) << k;
  }
}

TEST(Reduction, RAdamThatNeverAdaptsIsGradientDescent) {
  expect_same_bits({"radam", {{"beta1", 0}, {"beta2", 0.5}}}, {"gradient_descent", {}});
}

TEST(Reduction, RAdamThatNeverAdaptsIsTheCorrectedAverageOfGradients) {
  Host radam("radam", small_net(), {{"beta2", 0.5}, {"learning_rate", 0.1}});
  Host average("heavy_ball", small_net(), {{"beta", 0.9}, {"form", 3}, {"learning_rate", 0.1}});
  for (Host* host : {&radam, &average}) host->steps(100);
  for (std::size_t i = 0; i < radam.x.size(); ++i) EXPECT_NEAR(radam.x[i], average.x[i], 1e-13);
}

TEST(Reduction, InOneVariableTheThreeAdaGradsAreOne) {
  // Up to rounding, for each orders its operations in its own way.
  const Settings settings{{"learning_rate", 0.1}};
  Settings exact = settings;
  exact["epsilon"] = 0;
  Host diagonal("adagrad", diagonal_quadratic({3}), exact);
  Host norm("adagrad_norm", diagonal_quadratic({3}), exact);
  Host full("adagrad_full", diagonal_quadratic({3}), settings);
  for (Host* host : {&diagonal, &norm, &full}) host->steps(50);
  EXPECT_NEAR(norm.x[0], diagonal.x[0], 1e-13);
  EXPECT_NEAR(full.x[0], diagonal.x[0], 1e-13);
}

}  // namespace
