// What each variant has to remember: a trajectory continues bit for bit from a saved state, and
// starts again bit for bit after a reset. (The tests of every plugin try the defaults alone.)
#include <gtest/gtest.h>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Settings;

struct Variant {
  const char* plugin;
  Settings settings;
};

std::vector<Variant> variants() {
  std::vector<Variant> all{
      {"gradient_descent", {{"weight_decay", 0.1}}},
      {"normalized", {}},
      {"sign_sgd", {}},
      {"sign_sgd", {{"beta", 0.9}}},
      {"rprop", {}},
      {"sgdw", {{"decay_form", 0}}},
      {"sgdw", {{"decay_form", 1}}},
      {"preconditioned_gd", {{"preconditioner", 0}, {"learning_rate", 0.1}}},
      {"preconditioned_gd", {{"preconditioner", 1}, {"learning_rate", 0.1}}},
      {"perturbed_gd", {{"form", 0}}},
      {"perturbed_gd", {{"form", 1}, {"gradient_threshold", 1e3}, {"pause", 4}}},
      {"barzilai_borwein", {{"safeguard", 0}, {"memory", 5}}},
      {"barzilai_borwein", {{"safeguard", 1}, {"length", 1}}}};
  for (int form = 0; form <= 5; ++form) all.push_back({"heavy_ball", {{"form", form}}});
  for (int form = 0; form <= 3; ++form) all.push_back({"nesterov", {{"form", form}}});
  for (Variant& v : all)
    if (v.plugin[0] != 'b' && v.plugin[0] != 'r' && !v.settings.contains("learning_rate"))
      v.settings["learning_rate"] = 2e-4;
  return all;
}

TEST(State, ContinuesATrajectoryFromAnyOfItsFirstSteps) {
  for (const auto& [plugin, settings] : variants())
    for (const int saved_after : {0, 1, 2, 7}) {
      SCOPED_TRACE(std::string(plugin) + " saved after " + std::to_string(saved_after));
      Host first(plugin, ravine::test::rosenbrock(), settings);
      first.steps(saved_after);
      Host second(plugin, ravine::test::rosenbrock(), settings);
      ASSERT_EQ(second.restore(first.save(), 16), RAVINE_OK);
      second.x = first.x;
      for (int k = 0; k < 20; ++k) {
        first.steps(1);
        second.steps(1);
        ASSERT_EQ(first.x, second.x) << "step " << k;
      }
    }
}

TEST(State, IsThatOfTheStartAfterAReset) {
  for (const auto& [plugin, settings] : variants()) {
    Host fresh(plugin, ravine::test::rosenbrock(), settings);
    Host used(plugin, ravine::test::rosenbrock(), settings);
    used.steps(7);
    ASSERT_EQ(used.reset(), RAVINE_OK);
    fresh.steps(20);
    used.steps(20);
    EXPECT_EQ(fresh.x, used.x) << plugin;
  }
}

}  // namespace
