#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "problems/facts.hpp"
#include "problems/random/stream.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class MlpTest : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(Given given, std::uint64_t seed = 1) {
    given.insert({{"hidden", word("6")}, {"train", number(kSmallTrain)}, {"test", number(80)}});
    return testing::make("mlp", given, {0, seed}, data_.sets());
  }

  std::string refusal(const Given& given) {
    try {
      make(given);
    } catch (const ProblemError& error) {
      return error.what();
    }
    return "accepted";
  }

  SmallData data_;
};

// Sums of 400 losses, or of their gradients, in another order.
constexpr double kTolerance = 1000 * kUnitRoundoff;

TEST_F(MlpTest, FactsDescribeTheNet) {
  const Facts facts = make({{"hidden", word("7-5")}})->facts();
  EXPECT_EQ(facts.n, 36U * 7 + 7 + 7 * 5 + 5 + 5 * 10 + 10);
  EXPECT_EQ(facts.sample_count, 400U);
  EXPECT_EQ(facts.constants.at("N"), 400);
  ASSERT_EQ(facts.blocks.size(), 6U);
  EXPECT_EQ(facts.blocks[0].name, "w1");
  EXPECT_EQ(facts.blocks[0].shape, (std::vector<std::uint64_t>{7, 36}));
  EXPECT_EQ(facts.blocks[0].role, BlockRole::matrix);
  EXPECT_FALSE(facts.blocks[0].exempt_from_decay);
  EXPECT_EQ(facts.blocks[5].name, "b3");
  EXPECT_EQ(facts.blocks[5].role, BlockRole::bias);
  EXPECT_TRUE(facts.blocks[5].exempt_from_decay);
  EXPECT_EQ(facts.blocks[4].role, BlockRole::output_layer);
}

TEST_F(MlpTest, ABatchOfAllSamplesIsTheFullObjective) {
  const auto problem = make({{"l2", number(0.1)}});
  const Vector x = generic_point(*problem);
  std::vector<std::uint64_t> all(400);
  Stream(1, "order").permutation(all);
  const Objective batch{0, all, false};
  const double full = value(*problem, {}, x);
  EXPECT_NEAR(value(*problem, batch, x), full, kTolerance * full);
  const Vector g = gradient(*problem, {}, x);
  EXPECT_LE(max_norm(plus(gradient(*problem, batch, x), -1, g)), kTolerance * max_norm(g));
  const Vector v = normal_vector(x.size(), 1, "v");
  const Vector hv = hessian_vector(*problem, {}, x, v);
  EXPECT_LE(max_norm(plus(hessian_vector(*problem, batch, x, v), -1, hv)),
            kTolerance * max_norm(hv));
}

TEST_F(MlpTest, DisjointBatchesAverageToTheFullObjective) {
  const auto problem = make({});
  const Vector x = generic_point(*problem);
  double mean = 0;
  for (std::uint64_t first = 0; first < 400; first += 50) {
    std::vector<std::uint64_t> samples(50);
    std::iota(samples.begin(), samples.end(), first);
    mean += value(*problem, {0, samples, false}, x) / 8;
  }
  const double full = value(*problem, {}, x);
  EXPECT_NEAR(mean, full, kTolerance * full);
}

TEST_F(MlpTest, ARepeatedSampleCountsTwice) {
  const auto problem = make({});
  const Vector x = generic_point(*problem);
  const auto loss = [&](const std::vector<std::uint64_t>& samples) {
    return value(*problem, {0, samples, false}, x);
  };
  const double wanted = (2 * loss({3}) + loss({8})) / 3;
  EXPECT_NEAR(loss({3, 8, 3}), wanted, kTolerance * wanted);
}

TEST_F(MlpTest, DecayIsHalfTheSquaredWeightsWithoutBiases) {
  const auto plain = make({});
  const auto decayed = make({{"l2", number(0.5)}});
  const Vector x = generic_point(*plain);
  double squares = 0;
  for (const Block& block : plain->facts().blocks) {
    if (block.role == BlockRole::bias) continue;
    for (std::uint64_t i = 0; i < block.shape[0] * block.shape[1]; ++i)
      squares += x[block.offset + i] * x[block.offset + i];
  }
  const double wanted = value(*plain, {}, x) + 0.25 * squares;
  EXPECT_NEAR(value(*decayed, {}, x), wanted, kTolerance * wanted);
}

TEST_F(MlpTest, AtZeroTheLossIsTheLogarithmOfTen) {
  const auto problem = make({});
  const Vector zero(problem->facts().n);
  EXPECT_NEAR(value(*problem, {}, zero), std::log(10.0), 400 * kUnitRoundoff * std::log(10.0));
}

TEST_F(MlpTest, MetricsAreTheObjectiveAndTheTestSet) {
  const auto problem = make({{"l2", number(0.5)}});
  const Vector zero(problem->facts().n);
  Vector at_zero(3);
  ASSERT_EQ(problem->measure(zero, at_zero), Answer::ok);
  EXPECT_EQ(at_zero[0], value(*problem, {}, zero));
  EXPECT_NEAR(at_zero[1], std::log(10.0), 80 * kUnitRoundoff * std::log(10.0));
  EXPECT_EQ(at_zero[2], 0.1);  // class 0 is taken, and every tenth of the first 80 labels is 0
  const Vector x = generic_point(*problem);
  Vector metrics(3);
  ASSERT_EQ(problem->measure(x, metrics), Answer::ok);
  EXPECT_EQ(metrics[0], value(*problem, {}, x));
  EXPECT_EQ(problem->measure(x, std::span(metrics).first(2)), Answer::failed);
}

// The prototypes of the ten classes lie far apart compared with the noise about them.
TEST_F(MlpTest, DescentLearnsToTellTheClassesApart) {
  const auto problem = make({});
  Vector x = problem->facts().x0;
  for (int k = 0; k < 600; ++k) x = plus(x, -0.5, gradient(*problem, {}, x));
  Vector metrics(3);
  ASSERT_EQ(problem->measure(x, metrics), Answer::ok);
  EXPECT_LT(metrics[0], 0.1);
  EXPECT_LT(metrics[1], 0.3);
  EXPECT_GT(metrics[2], 0.9);
}

TEST_F(MlpTest, TheStartDependsOnTheSeed) {
  EXPECT_EQ(make({}, 4)->facts().x0, make({}, 4)->facts().x0);
  EXPECT_NE(make({}, 4)->facts().x0, make({}, 5)->facts().x0);
}

TEST_F(MlpTest, RefusesMoreSamplesThanThereAre) {
  EXPECT_EQ(refusal({{"train", number(401)}}),
            "parameter 'train' of problem 'mlp' is at most 400 with this data set, not 401");
  EXPECT_EQ(refusal({{"test", number(91)}}),
            "parameter 'test' of problem 'mlp' is at most 90 with this data set, not 91");
}

}  // namespace
}  // namespace ravine::problems::testing
