#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "problems/data/difficulty.hpp"
#include "problems/facts.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

constexpr std::uint64_t kSamples = 300;

class CurriculumTest : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(double stages) {
    const Given given = {{"hidden", word("4")},
                         {"train", number(kSamples)},
                         {"test", number(10)},
                         {"stages", number(stages)}};
    return testing::make("mlp_curriculum", given, {0, 1}, data_.sets());
  }

  std::unique_ptr<Problem> make_plain() {
    return testing::make("mlp",
                         {{"hidden", word("4")}, {"train", number(kSamples)}, {"test", number(10)}},
                         {0, 1}, data_.sets());
  }

  SmallData data_;
};

// W_i / mean W of every sample in a stage, as the objective of the sample alone over its loss.
Vector relative_weights(Problem& staged, Problem& plain, std::uint64_t stage) {
  const Vector& x = plain.facts().x0;
  Vector weights;
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    const std::vector<std::uint64_t> one = {i};
    weights.push_back(value(staged, {stage, one, false}, x) / value(plain, {0, one, false}, x));
  }
  return weights;
}

// Entropy of Q, with q_i = W_i / sum W; mean W drops out.
double entropy(const Vector& weights) {
  double sum = 0;
  for (const double w : weights) sum += w;
  double h = 0;
  for (const double w : weights)
    if (w > 0) h -= w / sum * std::log(w / sum);
  return h;
}

// Bengio et al. 2009, definition 1: weights in [0, 1] that never fall, entropy that always rises,
// and all weights 1 in the end.
TEST_F(CurriculumTest, IsACurriculum) {
  const auto staged = make(7);
  const auto plain = make_plain();
  Vector before(kSamples, 0.0);
  double entropy_before = -1;
  for (std::uint64_t stage = 0; stage < 7; ++stage) {
    Vector weights = relative_weights(*staged, *plain, stage);
    const double largest = max_norm(weights);
    for (std::uint64_t i = 0; i < kSamples; ++i) {
      weights[i] /= largest;  // W itself: its largest value is 1
      ASSERT_GE(weights[i], before[i] - 1e-14);
    }
    EXPECT_GT(entropy(weights), entropy_before + 0.01);
    entropy_before = entropy(weights);
    before = weights;
  }
  EXPECT_NEAR(*std::ranges::min_element(before), 1, 1e-14);
}

// With this scale the expectation over uniform batches is the mean under Q.
TEST_F(CurriculumTest, WeightsAverageToOne) {
  const auto staged = make(4);
  const auto plain = make_plain();
  for (std::uint64_t stage = 0; stage < 4; ++stage) {
    const Vector weights = relative_weights(*staged, *plain, stage);
    double mean = 0;
    for (const double w : weights) mean += w / kSamples;
    EXPECT_NEAR(mean, 1, 1e-13) << stage;
  }
}

TEST_F(CurriculumTest, BatchesAreUnbiased) {
  const auto staged = make(4);
  const Vector x = generic_point(*staged);
  for (std::uint64_t stage = 0; stage < 4; ++stage) {
    double mean = 0;
    Vector g(x.size());
    for (std::uint64_t i = 0; i < kSamples; ++i) {
      const std::vector<std::uint64_t> one = {i};
      mean += value(*staged, {stage, one, false}, x) / kSamples;
      g = plus(g, 1.0 / kSamples, gradient(*staged, {stage, one, false}, x));
    }
    const double full = value(*staged, {stage}, x);
    EXPECT_NEAR(mean, full, 1e-13 * full);
    EXPECT_LE(max_norm(plus(g, -1, gradient(*staged, {stage}, x))), 1e-13);
  }
}

TEST_F(CurriculumTest, TheLastStageAndOneStageAreThePlainNet) {
  const auto plain = make_plain();
  const Vector x = generic_point(*plain);
  EXPECT_EQ(value(*make(4), {3}, x), value(*plain, {}, x));
  EXPECT_EQ(value(*make(1), {0}, x), value(*plain, {}, x));
  EXPECT_EQ(gradient(*make(4), {3}, x), gradient(*plain, {}, x));
}

TEST_F(CurriculumTest, StagesAreNamedByTheirShare) {
  const Facts facts = make(3)->facts();
  ASSERT_EQ(facts.stages.size(), 3U);
  EXPECT_EQ(facts.stages[0].name, "easiest 33.3 %");
  EXPECT_EQ(facts.stages[2].name, "easiest 100 %");
  EXPECT_EQ(facts.stages[2].parameter, 1);
}

TEST_F(CurriculumTest, RefusesMoreStagesThanSamples) {
  EXPECT_THROW(make(301), ProblemError);
  EXPECT_NO_THROW(make(300));
}

// The definition with means and distances in doubles.
TEST_F(CurriculumTest, RanksAreOrderedByRelativeDistance) {
  const LabelledImages& train = data_.sets().fashion_mnist().train;
  const std::uint64_t size = train.pixels_per_image;
  std::vector<Vector> means(10, Vector(size));
  Vector counts(10);
  const auto pixel = [&](std::uint64_t i, std::uint64_t p) {
    return static_cast<double>(train.pixels[i * size + p]);
  };
  for (std::uint64_t i = 0; i < kSamples; ++i) ++counts[train.labels[i]];
  for (std::uint64_t i = 0; i < kSamples; ++i)
    for (std::uint64_t p = 0; p < size; ++p)
      means[train.labels[i]][p] += pixel(i, p) / counts[train.labels[i]];
  Vector distances(kSamples);
  Vector spread(10);
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    const std::uint8_t label = train.labels[i];
    for (std::uint64_t p = 0; p < size; ++p)
      distances[i] += std::pow(pixel(i, p) - means[label][p], 2);
    spread[label] += distances[i] / counts[label];
  }
  std::vector<std::uint32_t> rank(kSamples);
  rank_by_difficulty(train, 10, rank);
  Vector ordered(kSamples, -1.0);
  for (std::uint64_t i = 0; i < kSamples; ++i)
    ordered.at(rank[i]) = distances[i] / spread[train.labels[i]];
  EXPECT_GT(ordered.front(), 0);  // every rank is taken once
  for (std::uint64_t k = 1; k < kSamples; ++k) EXPECT_GE(ordered[k], ordered[k - 1] - 1e-12);
  EXPECT_GT(ordered.back(), ordered.front() + 0.1);
}

}  // namespace
}  // namespace ravine::problems::testing
