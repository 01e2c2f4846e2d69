// What batch normalization promises, in problems as the catalogue makes them.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "problems/facts.hpp"
#include "problems/random/stream.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

std::unique_ptr<Problem> blobs(const std::string& normalization, DataSets& data,
                               double train = 60) {
  return make("mlp",
              {{"data", word("blobs")},
               {"classes", number(3)},
               {"hidden", word("6-5")},
               {"normalization", word(normalization)},
               {"train", number(train)},
               {"test", number(40)}},
              {0, 5}, data);
}

double product(const Vector& a, const Vector& b, const Block& block) {
  const auto from = static_cast<std::ptrdiff_t>(block.offset);
  const auto size = static_cast<std::ptrdiff_t>(block.shape[0] * block.shape[1]);
  return std::inner_product(a.begin() + from, a.begin() + from + size, b.begin() + from, 0.0);
}

// L does not change when the weights before a normalization are scaled, but for the 1e-5 beside the
// variance: so <W, dL/dW> = 0 and the gradient is divided by the scale. Scores have variances of
// some size 1; the exact values are off by 1e-5 over it.
TEST(BatchNorm, TheScaleOfTheWeightsBeforeItDoesNotMatter) {
  SmallData data;
  const auto problem = blobs("batch", data.sets());
  const Vector x = generic_point(*problem);
  const Vector g = gradient(*problem, {}, x);
  int normalized = 0;
  for (const Block& block : problem->facts().blocks) {
    if (block.role != BlockRole::matrix) continue;
    ++normalized;
    const double size = std::sqrt(product(x, x, block) * product(g, g, block));
    EXPECT_NEAR(product(x, g, block), 0, 1e-4 * size) << block.name;
    Vector scaled = x;
    for (std::uint64_t i = 0; i < block.shape[0] * block.shape[1]; ++i)
      scaled[block.offset + i] *= 2;
    EXPECT_NEAR(value(*problem, {}, scaled), value(*problem, {}, x), 1e-4);
    const Vector half = gradient(*problem, {}, scaled);
    for (std::uint64_t i = 0; i < block.shape[0] * block.shape[1]; ++i)
      EXPECT_NEAR(2 * half[block.offset + i], g[block.offset + i], 1e-4 * max_norm(g));
  }
  EXPECT_EQ(normalized, 2);
}

TEST(BatchNorm, SamplesOfABatchSeeEachOther) {
  SmallData data;
  const auto problem = blobs("batch", data.sets());
  const auto plain = blobs("none", data.sets());
  const std::vector<std::uint64_t> first = {0, 1, 2, 3}, second = {4, 5, 6, 7},
                                   both = {0, 1, 2, 3, 4, 5, 6, 7};
  const auto gap = [&](Problem& of) {
    const Vector x = generic_point(of);
    return value(of, {0, both, false}, x) -
           (value(of, {0, first, false}, x) + value(of, {0, second, false}, x)) / 2;
  };
  EXPECT_GT(std::abs(gap(*problem)), 1e-3);
  EXPECT_NEAR(gap(*plain), 0, 1e-14);
}

// 600 samples are three slices of 200, each a batch of its own.
TEST(BatchNorm, TheFullObjectiveIsTheMeanOfItsSlices) {
  SmallData data;
  const auto problem = blobs("batch", data.sets(), 600);
  const Vector x = generic_point(*problem);
  double mean = 0;
  for (std::uint64_t first = 0; first < 600; first += 200) {
    std::vector<std::uint64_t> slice(200);
    std::iota(slice.begin(), slice.end(), first);
    mean += value(*problem, {0, slice, false}, x) / 3;
  }
  EXPECT_NEAR(value(*problem, {}, x), mean, 1e-14 * mean * 600);
}

// In evaluation the statistics are those of the first samples, all of them where there are no more
// than a thousand: then the full objective's own.
TEST(BatchNorm, EvaluationHasTheStatisticsOfTheFrozenSubset) {
  SmallData data;
  const auto problem = blobs("batch", data.sets());
  const auto& metrics = problem->facts().metrics;
  ASSERT_EQ(metrics.size(), 3U);
  EXPECT_EQ(metrics[1].name, "test_loss");
  const Vector x = generic_point(*problem);
  Vector measured(3), again(3);
  ASSERT_EQ(problem->measure(x, measured), Answer::ok);
  // What was evaluated in between leaves no trace.
  const std::vector<std::uint64_t> few = {1, 2};
  value(*problem, {0, few, false}, plus(x, 1, x));
  ASSERT_EQ(problem->measure(x, again), Answer::ok);
  EXPECT_EQ(measured, again);
  EXPECT_EQ(measured[0], value(*problem, {}, x));
  EXPECT_TRUE(std::isfinite(measured[1]));
}

TEST(BatchNoise, IsTheBatchsOwnAndNotTheJudges) {
  SmallData data;
  const auto noisy = blobs("noisy_batch", data.sets());
  const auto quiet = blobs("batch", data.sets());
  const Vector x = generic_point(*noisy);
  const std::vector<std::uint64_t> batch = {3, 1, 4}, other = {1, 3, 4};
  EXPECT_EQ(value(*noisy, {0, batch, false}, x), value(*noisy, {0, batch, false}, x));
  EXPECT_NE(value(*noisy, {0, batch, false}, x), value(*noisy, {0, other, false}, x));
  EXPECT_NEAR(value(*quiet, {0, batch, false}, x), value(*quiet, {0, other, false}, x), 1e-14);
  Vector measured(3);
  ASSERT_EQ(noisy->measure(x, measured), Answer::ok);
  EXPECT_TRUE(std::isfinite(measured[1]));
}

}  // namespace
}  // namespace ravine::problems::testing
