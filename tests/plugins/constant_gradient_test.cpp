// A stream of one gradient, f = c'x, for every plugin and each variant of it: it never ends and has
// no curvature, so that what divides by curvature or looks for a minimum shows what it does
// without.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "tests/plugins/symmetries.hpp"

namespace {

using namespace ravine::test;

class ConstantGradient : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Plugins, ConstantGradient, testing::ValuesIn(every_plugin()),
                         [](const auto& tested) { return tested.param; });

// Not walked here, and why.
const std::map<std::string, const char*> kNotLinear = {
    {"levenberg_marquardt", "a sum of squares is not linear: no residuals have this gradient"},
};
// Those that go another way than downhill in every step: over all of them it is down.
const std::map<std::string, const char*> kWander = {
    {"cma_es", "the mean of samples"},
    {"perturbed_gd", "noise is added to the gradient"},
};

// Those whose step has no scale but the gradient's where there is no curvature to divide by.
const std::set<std::string> kByCurvature = {"newton", "coordinate_descent"};

/// c'x from 0, n = 5, or 1 for what works in one dimension only; mean of samples of one variable.
Objective linear(std::size_t n) {
  static constexpr double kC[] = {1, -2, 0.5, 3, -0.75};
  const auto f = [](std::span<const double> x, std::span<double> g) {
    for (std::size_t i = 0; i < g.size(); ++i) g[i] = kC[i];
    return std::inner_product(x.begin(), x.end(), kC, 0.0);
  };
  const auto hessian = [n](std::span<const double>, std::span<double> h) {
    std::fill(h.begin(), h.begin() + static_cast<std::ptrdiff_t>(n * n), 0.0);
  };
  Objective linear{std::vector<double>(n), f, hessian};
  linear.samples = {n, [n](std::size_t i, std::span<const double> x, std::span<double> g) {
                      const double c = static_cast<double>(n) * kC[i];
                      std::fill(g.begin(), g.end(), 0.0);
                      if (!g.empty()) g[i] = c;
                      return c * x[i];
                    }};
  return linear;
}

// A step is done; or the optimizer says that it can go no further, or that this is not for it. It
// cannot have converged: the gradient is not 0 anywhere.
bool defined(std::int32_t status) {
  return status == RAVINE_OK || status == RAVINE_NO_PROGRESS || status == RAVINE_NOT_SUPPORTED;
}

constexpr int kSteps = 20;
std::vector<Left> path(const std::string& plugin, const Objective& f, const Settings& settings) {
  Host host(plugin, f, settings);
  return walk(host, kSteps);
}

TEST_P(ConstantGradient, IsFollowedDownhillToFinitePointsOrDeclined) {
  if (kNotLinear.contains(GetParam())) return;
  for (const Settings& settings : variants_of(*load(GetParam()))) {
    SCOPED_TRACE(GetParam() + text_of(settings));
    const Objective f = accepts(GetParam(), linear(5), settings) ? linear(5) : linear(1);
    ASSERT_TRUE(accepts(GetParam(), f, settings));
    double before = 0;
    std::vector<double> x = f.start;
    for (const Left& left : path(GetParam(), f, settings)) {
      ASSERT_TRUE(defined(left.status)) << left.status;
      for (const double v : left.x) ASSERT_TRUE(std::isfinite(v)) << v;
      const double value = f.f(left.x, {});
      if (left.status != RAVINE_OK) {
        const bool steps = load(GetParam())->step != nullptr;  // a run ends where it is
        EXPECT_TRUE(!steps || left.x == x) << "declined, and moved";
      } else if (!kWander.contains(GetParam())) {
        EXPECT_LE(value, before);
      }
      before = value;
      x = left.x;
    }
    EXPECT_LE(before, 0);
  }
}

TEST_P(ConstantGradient, IsFollowedToTheSameBitsAgain) {
  if (kNotLinear.contains(GetParam())) return;
  for (const Settings& settings : variants_of(*load(GetParam()))) {
    const Objective f = accepts(GetParam(), linear(5), settings) ? linear(5) : linear(1);
    EXPECT_EQ(path(GetParam(), f, settings), path(GetParam(), f, settings)) << text_of(settings);
  }
}

// f / 16: the same path, or a shorter one, as on the quadratics.
TEST_P(ConstantGradient, OfASixteenthIsFollowedAsTheFormulaSays) {
  if (kNotLinear.contains(GetParam())) return;
  const Objective f = accepts(GetParam(), linear(5)) ? linear(5) : linear(1);
  const auto plain = path(GetParam(), f, {});
  const auto small = path(GetParam(), scaled(f), {});
  std::optional<bool> same_path = kSymmetries.at(GetParam()).scale;
  if (kByCurvature.contains(GetParam())) same_path = false;
  if (!same_path) return;
  if (*same_path) {
    EXPECT_LT(distance(plain, small, f.start), kSame);
  } else {
    EXPECT_GT(distance(plain, small, f.start), kDifferent);
  }
}

}  // namespace
