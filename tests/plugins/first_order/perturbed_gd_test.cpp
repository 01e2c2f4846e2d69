// Perturbed gradient descent: what its noise is, and that it leaves strict saddle points.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Settings;

enum : int { kEveryStep, kKick };

constexpr double kEta = 0.1, kGamma = 0.5;

/// Steps until |x_n| reaches `target` from a saddle point at 0; at most 10000.
int escape(Host& host, double target) {
  int k = 0;
  while (std::fabs(host.x.back()) < target && k < 10000) {
    host.steps(1);
    ++k;
  }
  return k;
}

TEST(PerturbedGd, LeavesAStrictSaddleWhereGradientDescentStaysForever) {
  Host plain("gradient_descent", ravine::test::strict_saddle(5, kGamma), {{"learning_rate", kEta}});
  plain.steps(5000);
  EXPECT_EQ(plain.x, std::vector<double>(5, 0.0));
  for (const int form : {kEveryStep, kKick}) {
    Host host("perturbed_gd", ravine::test::strict_saddle(5, kGamma),
              {{"learning_rate", kEta}, {"radius", 1e-4}, {"form", form}});
    host.steps(1000);
    EXPECT_NEAR(std::fabs(host.x.back()), std::sqrt(kGamma), 1e-3) << "form " << form;
  }
}

TEST(PerturbedGd, EscapesInTheLogarithmOfOneOverItsRadius) {
  // x_n grows by 1 + eta gamma a step, from noise of the order of r: ln(sqrt(gamma) / r) /
  // ln(1 + eta gamma) steps, the median of 21 seeds within a factor of 1.5 (constants before r
  // are logarithms here), and a further factor of 1000 in r costs ln 1000 / ln(1 + eta gamma) more.
  std::vector<double> medians;
  const double growth = std::log1p(kEta * kGamma);
  for (const double r : {1e-3, 1e-6, 1e-9}) {
    std::vector<int> steps;
    for (int seed = 0; seed < 21; ++seed) {
      Host host("perturbed_gd", ravine::test::strict_saddle(5, kGamma),
                {{"learning_rate", kEta}, {"radius", r}});
      host.seed = std::to_string(seed);
      steps.push_back(escape(host, 0.9 * std::sqrt(kGamma)));
    }
    std::nth_element(steps.begin(), steps.begin() + 10, steps.end());
    medians.push_back(steps[10]);
    const double order = std::log(std::sqrt(kGamma) / r) / growth;
    EXPECT_GT(medians.back(), order / 1.5) << r;
    EXPECT_LT(medians.back(), order * 1.5) << r;
  }
  // The same noise at each radius: the difference is the growth's alone, to a step or two.
  EXPECT_NEAR(medians[1] - medians[0], std::log(1000) / growth, 3);
  EXPECT_NEAR(medians[2] - medians[1], std::log(1000) / growth, 3);
}

TEST(PerturbedGd, AfterAKickGrowsAsGradientDescentDoes) {
  Host host("perturbed_gd", ravine::test::strict_saddle(5, kGamma),
            {{"learning_rate", kEta}, {"radius", 1e-6}, {"form", kKick}, {"pause", 1e6}});
  host.steps(1);
  ASSERT_EQ(host.oracle.points.size(), 2);  // the saddle point and where the kick led
  const auto kicked = host.oracle.points[1];
  EXPECT_LE(ravine::test::length(kicked), 1e-6);
  EXPECT_GT(ravine::test::length(kicked), 0);
  // Linear up to here: x_n^3 / gamma is 1e-6 of x_n at most.
  const double expected = std::log(1e-3 / std::fabs(kicked.back())) / std::log1p(kEta * kGamma);
  EXPECT_NEAR(1 + escape(host, 1e-3), expected, 1.5);
}

TEST(PerturbedGd, KicksOnlyWhereTheGradientIsSmallAndNotTooOften) {
  const Settings settings{{"form", kKick}, {"pause", 7}, {"gradient_threshold", 0.5}};
  Host flat("perturbed_gd", ravine::test::nothing({0, 0}), settings);
  for (int t = 0; t < 40; ++t) {
    const auto before = flat.x;
    flat.steps(1);
    EXPECT_EQ(flat.x != before, t % 8 == 0) << "step " << t;  // t - t_noise > 7
  }
  for (const auto& [gradient, kicks] : {std::pair{0.5, true}, std::pair{0.51, false}}) {
    Host host("perturbed_gd", ravine::test::slope(gradient), settings);
    host.steps(1);
    EXPECT_EQ(host.oracle.points.size() == 2, kicks) << gradient;
  }
}

TEST(PerturbedGd, KicksUniformlyIntoTheBall) {
  // The n-th power of the length is uniform in [0, 1), the direction has mean 0. Standard errors of
  // 1000 kicks: 0.0091, 0.0094 (mean 1/3 of the square, variance 4/45) and 1 / sqrt(n 1000) =
  // 0.018; the bounds are four of them.
  constexpr int kKicks = 1000;
  double sum = 0, squares = 0;
  std::vector<double> direction(3);
  Host host("perturbed_gd", ravine::test::nothing({0, 0, 0}),
            {{"form", kKick}, {"pause", 0}, {"radius", 2}});
  for (int k = 0; k < kKicks; ++k) {
    const auto before = host.x;
    host.steps(1);
    const double length = ravine::test::distance(host.x, before);
    const double u = std::pow(length / 2, 3);
    ASSERT_LT(u, 1 + 1e-9);
    sum += u;
    squares += u * u;
    for (std::size_t i = 0; i < 3; ++i) direction[i] += (host.x[i] - before[i]) / length;
  }
  EXPECT_NEAR(sum / kKicks, 0.5, 0.037);
  EXPECT_NEAR(squares / kKicks, 1.0 / 3, 0.038);
  for (const double d : direction) EXPECT_NEAR(d / kKicks, 0, 0.073);
}

TEST(PerturbedGd, HasNoiseOfRootMeanSquareLengthRInTheGradient) {
  // |xi|^2 has mean r^2 and standard deviation r^2 sqrt(2 / n): 0.016 r^2 for the mean of 1000 at
  // n = 8; each component's mean has r / sqrt(n 1000) = 0.011 r. Four of them.
  constexpr int kSteps = 1000;
  Host host("perturbed_gd", ravine::test::nothing(std::vector<double>(8)),
            {{"learning_rate", 0.25}, {"radius", 3}});
  double squares = 0;
  for (int k = 0; k < kSteps; ++k) {
    const auto before = host.x;
    host.steps(1);
    squares += std::pow(ravine::test::distance(host.x, before) / 0.25, 2);
  }
  EXPECT_NEAR(squares / kSteps, 9, 4 * 0.016 * 9);
  for (const double x : host.x) EXPECT_NEAR(x / 0.25 / kSteps, 0, 4 * 0.011 * 3);
}

TEST(PerturbedGd, WithoutNoiseIsGradientDescentBitForBit) {
  for (const int form : {kEveryStep, kKick}) {
    Host quiet("perturbed_gd", ravine::test::rosenbrock(),
               {{"learning_rate", 1e-3}, {"radius", 0}, {"form", form}});
    Host plain("gradient_descent", ravine::test::rosenbrock(), {{"learning_rate", 1e-3}});
    quiet.steps(100);
    plain.steps(100);
    EXPECT_EQ(quiet.x, plain.x);
  }
}

TEST(PerturbedGd, DependsOnTheSeedAlone) {
  const auto after_20 = [](const char* seed) {
    Host host("perturbed_gd", ravine::test::nothing({0, 0}));
    host.seed = seed;
    host.steps(20);
    return host.x;
  };
  EXPECT_EQ(after_20("a"), after_20("a"));
  EXPECT_NE(after_20("a"), after_20("b"));
}

}  // namespace
