// Deep linear nets on samples that are drawn, recycled or fresh.
#include <gtest/gtest.h>

#include <cmath>

#include "problems/facts.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

// Roundings of matrices of some ten rows and columns, with entries of about one.
constexpr double kTolerance = 1000 * kUnitRoundoff;

std::unique_ptr<Problem> make(const Given& given, std::uint64_t seed = 7) {
  DataSets none;
  return testing::make("deep_linear", given, {0, seed}, none);
}

Given sampled(const std::string& sampling, double samples, double width = 4) {
  return {{"sampling", word(sampling)}, {"samples", number(samples)}, {"noise", number(0.5)},
          {"depth", number(2)},         {"input_kappa", number(9)},   {"width", number(width)}};
}

struct Losses {
  double training, risk, gap;
};
Losses losses_at(Problem& problem, const Vector& x) {
  Vector metrics(3);
  EXPECT_EQ(problem.measure(x, metrics), Answer::ok);
  return {metrics[0], metrics[1], metrics[2]};
}

TEST(SampledChain, FreshTheObjectiveIsThatOfTheColumnsAndTheNoise) {
  const auto fresh = make(sampled("fresh", 100));
  const auto columns =
      make({{"depth", number(2)}, {"input_kappa", number(9)}, {"width", number(4)}});
  const Vector x = generic_point(*fresh);
  const double noise = 0.5 * 8 * 0.25;
  EXPECT_NEAR(value(*fresh, {}, x), value(*columns, {}, x) + noise, kTolerance);
  EXPECT_NEAR(*fresh->facts().f_star, *columns->facts().f_star + noise, kTolerance);
  EXPECT_EQ(fresh->facts().x_star, columns->facts().x_star);
  EXPECT_EQ(losses_at(*fresh, x).risk, value(*fresh, {}, x));
}

TEST(SampledChain, DrawnSamplesHaveTheRiskAsTheirMean) {
  const double count = 20000;
  const auto fresh = make(sampled("fresh", 10));
  const auto recycled = make(sampled("recycled", count));
  const Vector x = generic_point(*fresh);
  for (Problem* problem : {fresh.get(), recycled.get()}) {
    double sum = 0, squares = 0;
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
      const double loss = value(*problem, {0, std::span(&i, 1), false}, x);
      sum += loss;
      squares += loss * loss;
    }
    const double mean = sum / count;
    const double error = std::sqrt((squares / count - mean * mean) / count);
    EXPECT_NEAR(mean, value(*fresh, {}, x), 4 * error);
    if (problem == recycled.get()) {
      EXPECT_NEAR(mean, value(*recycled, {}, x), 1e-12);
      const Losses at = losses_at(*recycled, x);
      EXPECT_EQ(at.training, value(*recycled, {}, x));
      EXPECT_EQ(at.risk, value(*fresh, {}, x));
      EXPECT_EQ(at.gap, at.risk - at.training);
    }
  }
}

TEST(SampledChain, FreshSamplesContinueTheTrainingSet) {
  const auto fresh = make(sampled("fresh", 10));
  const auto recycled = make(sampled("recycled", 25));
  const Vector x = generic_point(*fresh);
  for (std::uint64_t i = 0; i < 15; ++i) {
    const std::uint64_t behind = 10 + i;
    EXPECT_EQ(value(*fresh, {0, std::span(&i, 1), false}, x),
              value(*recycled, {0, std::span(&behind, 1), false}, x));
  }
}

TEST(SampledChain, TheMinimumOfDrawnSamplesIsReducedRankRegression) {
  // Both from numpy: reference/matrices.py minima.
  const double within = 0.0072577732864278575, beyond = 0.026964471548266047;
  const auto problem = make({{"sampling", word("recycled")},
                             {"samples", number(20)},
                             {"noise", number(0.1)},
                             {"input_kappa", number(9)}},
                            0);
  EXPECT_NEAR(*problem->facts().f_star, within + beyond, kTolerance);
  for (const double samples : {3, 8, 20}) {
    for (const double width : {1, 4, 8}) {
      const auto fitted = make(sampled("recycled", samples, width));
      const Facts& facts = fitted->facts();
      // No point near it is lower, and none of gradient descent from the start.
      Vector x = facts.x0;
      for (int k = 0; k < 3000; ++k) x = plus(x, -0.1, gradient(*fitted, {}, x));
      const double reached = value(*fitted, {}, x);
      EXPECT_GE(reached, *facts.f_star - kTolerance);
      EXPECT_LE(reached, *facts.f_star + 0.05) << samples << " " << width;
      if (samples <= width) {
        EXPECT_LT(*facts.f_star, 1e-25) << "every sample is met";
      }
      EXPECT_GT(losses_at(*fitted, facts.x_star).gap, 0) << "fitted to the noise";
    }
  }
}

TEST(SampledChain, ParametersOfDrawnSamplesAreRefusedWithoutThem) {
  EXPECT_THROW(make({{"noise", number(0.1)}}), ProblemError);
  EXPECT_THROW(make({{"samples", number(10)}}), ProblemError);
  EXPECT_THROW(make({{"sampling", word("fresh")}, {"samples", number(1e7)}}), ProblemError);
}

}  // namespace
}  // namespace ravine::problems::testing
