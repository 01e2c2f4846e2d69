// A scaled and a rotated objective, for every plugin and each variant of it.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/symmetries.hpp"

namespace {

using namespace ravine::test;

class Symmetries : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Plugins, Symmetries, testing::ValuesIn(every_plugin()),
                         [](const auto& tested) { return tested.param; });

// Variants that do not answer as their plugin's default does, and why.
const std::map<std::string, Symmetry> kVariants = {
    {"preconditioned_gd preconditioner=1", {true, false}},  // the diagonal is of these axes
    // Where G lacks rank delta decides: nothing that a step of six could show as a symmetry.
    {"adagrad_full inverse=1", {{}, true}},
    // Under the root epsilon is a floor of 1e-4, which the scaled gradients come near.
    {"rmsprop epsilon_form=1", {{}, false}},
    {"coordinate_descent rule=1", {false, {}}},  // a sweep of short steps is nearly one of descent
    {"conjugate_directions directions=1", {true, false}},  // from these axes
    {"conjugate_directions directions=2", {true, false}},  // from these numbers
    {"shampoo graft=1", {false, true}},                    // the gradient's length
    {"shampoo graft=2", {true, false}},                    // the length of AdaGrad's step
    {"secant form=1", {}},                                 // the erratum: it diverges
    {"levenberg_marquardt scaling=2", {true, true}},       // without scaling
    // An exact search knows the first step too.
    {"lbfgs line_search=4", {true, true}},
    {"bfgs line_search=4", {true, true}},
    {"nonlinear_cg line_search=4", {true, true}},
    {"steepest_descent line_search=4", {true, true}},
};

Symmetry symmetry_of(const std::string& plugin, const Settings& settings) {
  const auto own = kVariants.find(plugin + text_of(settings));
  return own == kVariants.end() ? kSymmetries.at(plugin) : own->second;
}

/// The mild quadratic also as a sum of squares, and as a mean of samples of one variable each.
Objective whole_quadratic() {
  Objective q = mild_quadratic();
  static constexpr double kLambda[] = {1, 2, 4, 7, 10};
  q.squares = {5, 0.5,
               [](std::span<const double> x, std::span<double> r) {
                 for (std::size_t i = 0; i < 5; ++i) r[i] = std::sqrt(kLambda[i]) * x[i];
               },
               [](std::span<const double>, std::span<double> j) {
                 for (std::size_t i = 0; i < 25; ++i)
                   j[i] = i % 6 == 0 ? std::sqrt(kLambda[i / 6]) : 0;
               }};
  q.samples = {5, [](std::size_t i, std::span<const double> x, std::span<double> g) {
                 std::fill(g.begin(), g.end(), 0.0);
                 if (!g.empty()) g[i] = 5 * kLambda[i] * x[i];
                 return 5 * kLambda[i] * x[i] * x[i] / 2;
               }};
  return q;
}

/// Six steps from the start, of the plugin with these settings.
constexpr int kSteps = 6;

std::vector<Left> path(const std::string& plugin, const Objective& f, const Settings& settings) {
  Host host(plugin, f, settings);
  return walk(host, kSteps);
}

void expect(std::optional<bool> same, double apart) {
  if (!same) return;
  if (*same) {
    EXPECT_LT(apart, kSame);
  } else {
    EXPECT_GT(apart, kDifferent);
  }
}

TEST_P(Symmetries, OfScaleAndRotationAreWhatTheFormulasSay) {
  ASSERT_TRUE(kSymmetries.contains(GetParam())) << "say in kSymmetries what to expect";
  if (load(GetParam())->step == nullptr) return;  // goes all the way by itself
  for (const Settings& settings : variants_of(*load(GetParam()))) {
    SCOPED_TRACE(GetParam() + text_of(settings));
    const Objective whole = whole_quadratic();
    const Objective f = accepts(GetParam(), whole, settings) ? whole : one_dimensional();
    ASSERT_TRUE(accepts(GetParam(), f, settings));
    const auto plain = path(GetParam(), f, settings);
    const Symmetry expected = symmetry_of(GetParam(), settings);
    const double by_scale = distance(plain, path(GetParam(), scaled(f), settings), f.start);
    {
      SCOPED_TRACE("scaled");
      expect(expected.scale, by_scale);
    }
    auto turned = path(GetParam(), reflected(f), settings);
    for (Left& left : turned) left.x = reflect(left.x);
    const double by_rotation = distance(plain, turned, f.start);
    {
      SCOPED_TRACE("rotated");
      expect(expected.rotation, by_rotation);
    }
  }
}

TEST(Variants, OfTheTableExist) {
  for (const auto& [name, symmetry] : kVariants) {
    const std::string plugin = name.substr(0, name.find(' '));
    bool found = false;
    for (const Settings& settings : variants_of(*load(plugin)))
      found = found || plugin + text_of(settings) == name;
    EXPECT_TRUE(found) << name;
  }
}

}  // namespace
