// What a method does to f in other coordinates and units is known without its iterates.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Objective;
using ravine::test::Settings;

/// Q x with the reflection Q = I - 2 u u' / u'u, u = (1, 3): its own inverse.
std::vector<double> reflected(std::span<const double> x) {
  const double c = 2 * (x[0] + 3 * x[1]) / 10;
  return {x[0] - c, x[1] - 3 * c};
}
Objective reflected(const Objective& f) {
  return {reflected(f.start), [f](std::span<const double> x, std::span<double> g) {
            const double value = f.f(reflected(x), g);
            if (!g.empty()) {
              const auto turned = reflected(g);
              std::copy(turned.begin(), turned.end(), g.begin());
            }
            return value;
          }};
}
Objective scaled(const Objective& f, double factor) {
  return {f.start, [f, factor](std::span<const double> x, std::span<double> g) {
            const double value = f.f(x, g);
            for (double& v : g) v *= factor;
            return factor * value;
          }};
}

std::vector<double> after(int steps, const char* plugin, const Objective& f,
                          const Settings& settings) {
  Host host(plugin, f, settings);
  host.steps(steps);
  return host.x;
}

struct Method {
  const char* plugin;
  Settings settings;
};

// Roundings: 100 steps that do not amplify them, 1e-11 of x = 1.
TEST(Rotation, TurnsTheIteratesOfMethodsThatOnlyAddGradients) {
  for (const auto& [plugin, settings] :
       {Method{"gradient_descent", {{"learning_rate", 1e-3}}},
        Method{"heavy_ball", {{"learning_rate", 5e-4}}},
        Method{"heavy_ball", {{"learning_rate", 5e-3}, {"form", 3}}},
        Method{"nesterov", {{"learning_rate", 5e-4}}},
        Method{"nesterov", {{"learning_rate", 5e-4}, {"form", 1}}},
        Method{"nesterov", {{"learning_rate", 5e-4}, {"form", 3}}},
        Method{"barzilai_borwein", {{"safeguard", 1}, {"first_step", 3e-4}}},
        Method{"barzilai_borwein", {{"safeguard", 0}, {"first_step", 3e-4}}}}) {
    const auto x = after(100, plugin, ravine::test::rosenbrock(), settings);
    const auto turned = after(100, plugin, reflected(ravine::test::rosenbrock()), settings);
    EXPECT_LT(ravine::test::distance(reflected(turned), x), 1e-11) << plugin;
    EXPECT_GT(ravine::test::distance(x, ravine::test::rosenbrock().start), 0.1) << plugin;
  }
}

TEST(Rotation, ChangesWhatMethodsByCoordinateDo) {
  for (const char* plugin : {"sign_sgd", "normalized", "rprop"}) {
    const auto x = after(100, plugin, ravine::test::rosenbrock(), {});
    const auto turned = after(100, plugin, reflected(ravine::test::rosenbrock()), {});
    EXPECT_GT(ravine::test::distance(reflected(turned), x), 1e-2) << plugin;
  }
}

TEST(Scale, OfTheFunctionIsNothingToMethodsBySign) {
  for (const auto& [plugin, settings] :
       {Method{"sign_sgd", {}}, Method{"sign_sgd", {{"beta", 0.9}}}, Method{"rprop", {}}}) {
    const auto x = after(100, plugin, ravine::test::rosenbrock(), settings);
    EXPECT_EQ(after(100, plugin, scaled(ravine::test::rosenbrock(), 1000), settings), x) << plugin;
  }
  // With an epsilon almost.
  const auto x = after(100, "normalized", ravine::test::rosenbrock(), {{"epsilon", 1e-12}});
  const auto y =
      after(100, "normalized", scaled(ravine::test::rosenbrock(), 1000), {{"epsilon", 1e-12}});
  EXPECT_LT(ravine::test::distance(x, y), 1e-9);
}

TEST(Scale, OfTheFunctionIsNothingToBarzilaiAndBorwein) {
  // First step 1 / max |g_i|; powers of 2, for the path amplifies roundings.
  for (const double safeguard : {0, 1}) {
    const Settings settings{{"safeguard", safeguard}};
    const auto x = after(30, "barzilai_borwein", ravine::test::rosenbrock(), settings);
    EXPECT_EQ(after(30, "barzilai_borwein", scaled(ravine::test::rosenbrock(), 1024), settings), x);
  }
}

TEST(Scale, OfTheFunctionIsARateForTheOthers) {
  for (const auto& [plugin, form] :
       {std::pair{"gradient_descent", -1}, std::pair{"heavy_ball", 0}, std::pair{"heavy_ball", 3},
        std::pair{"nesterov", 0}, std::pair{"nesterov", 3}}) {
    Settings rate{{"learning_rate", 2e-4}}, rate_over_1000{{"learning_rate", 2e-7}};
    if (form >= 0) rate["form"] = rate_over_1000["form"] = form;
    const auto f = ravine::test::rosenbrock();
    const auto x = after(100, plugin, f, rate);
    EXPECT_LT(ravine::test::distance(after(100, plugin, scaled(f, 1000), rate_over_1000), x), 1e-11)
        << plugin;
    EXPECT_FALSE(ravine::test::distance(after(100, plugin, scaled(f, 1000), rate), x) < 1)
        << plugin;
  }
}

}  // namespace
