// Which samples the batches of a trial hold.
#include "harness/measure/batches.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "tests/harness/support.hpp"

namespace {

using ravine::harness::Batches;
using ravine::harness::BatchOrder;
using Samples = std::vector<std::uint64_t>;

Samples next(Batches& batches) {
  const auto ticket = batches.draw();
  const auto found = batches.samples(ticket);
  Samples samples(found.begin(), found.end());
  EXPECT_TRUE(batches.release(ticket));
  return samples;
}

TEST(BatchOrders, ShuffledGivesEverySampleOnceInEachEpochInAnotherOrder) {
  Batches batches({10, 4}, 7), again({10, 4}, 7), other({10, 4}, 8);
  std::vector<Samples> epochs;
  for (int epoch = 0; epoch < 2; ++epoch) {
    Samples all;
    for (const std::size_t size : {4U, 4U, 2U}) {
      const Samples batch = next(batches);
      EXPECT_EQ(batch.size(), size);
      EXPECT_EQ(batch, next(again)) << "of the seed alone";
      all.insert(all.end(), batch.begin(), batch.end());
    }
    EXPECT_DOUBLE_EQ(batches.epoch(), epoch + 1);
    epochs.push_back(all);
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), 10U);
  }
  EXPECT_NE(epochs[0], epochs[1]);
  EXPECT_NE(next(other), Samples(epochs[0].begin(), epochs[0].begin() + 4));
}

TEST(BatchOrders, SequentialKeepsTheOrderOfTheData) {
  Batches batches({5, 2, BatchOrder::sequential}, 7);
  EXPECT_EQ(next(batches), (Samples{0, 1}));
  EXPECT_EQ(next(batches), (Samples{2, 3}));
  EXPECT_EQ(next(batches), (Samples{4})) << "what is left is kept";
  EXPECT_EQ(next(batches), (Samples{0, 1}));
  EXPECT_DOUBLE_EQ(batches.epoch(), 1.4);
}

TEST(BatchOrders, TheLastBatchOfAnEpochMayBeDropped) {
  Batches batches({5, 2, BatchOrder::sequential, true}, 7);
  next(batches);
  EXPECT_DOUBLE_EQ(batches.epoch(), 0.5) << "four samples are an epoch";
  next(batches);
  EXPECT_EQ(next(batches), (Samples{0, 1}));
  Batches shuffled({5, 2, BatchOrder::shuffled, true}, 7);
  Samples missing(5);
  for (int epoch = 0; epoch < 100; ++epoch) {
    Samples all = next(shuffled);
    const Samples second = next(shuffled);
    EXPECT_EQ(second.size(), 2U);
    all.insert(all.end(), second.begin(), second.end());
    for (std::uint64_t i = 0; i < 5; ++i)
      if (std::ranges::find(all, i) == all.end()) ++missing[i];
  }
  for (const auto count : missing) EXPECT_GT(count, 0U) << "another one is left out each time";
}

// With replacement each of N is in a place with probability 1/N: of 20000 draws among 10, counts
// stay within five standard deviations of 2000, 5 sqrt(20000 * 0.09) = 212.
TEST(BatchOrders, WithReplacementEveryPlaceIsDrawnFromAll) {
  Batches batches({10, 4, BatchOrder::replacement}, 7);
  Samples counts(10);
  bool twice = false;
  for (int k = 0; k < 5000; ++k) {
    const Samples batch = next(batches);
    ASSERT_EQ(batch.size(), 4U);
    for (const auto sample : batch) ++counts.at(sample);
    twice = twice || std::set(batch.begin(), batch.end()).size() < 4;
  }
  EXPECT_TRUE(twice);
  for (const auto count : counts) EXPECT_NEAR(static_cast<double>(count), 2000, 212);
  EXPECT_DOUBLE_EQ(batches.epoch(), 2000);
}

TEST(BatchOrders, FreshSamplesNeverComeTwice) {
  Batches batches({10, 4, BatchOrder::shuffled, false, true}, 7);
  std::set<std::uint64_t> seen;
  for (int k = 0; k < 100; ++k)
    for (const auto sample : next(batches)) EXPECT_TRUE(seen.insert(sample).second);
  EXPECT_EQ(seen.size(), 400U);
  EXPECT_DOUBLE_EQ(batches.epoch(), 40);
  EXPECT_TRUE(batches.valid_sample(1000)) << "the generator has any";
}

// What a suite calls an order is what the record says of it.
TEST(BatchOrders, HaveOneNameInSuitesAndRecords) {
  for (const char* name : ravine::harness::kBatchOrderNames) {
    const auto records = ravine::test::run_here(
        "[suite]\nname = \"test\"\n[budget]\niterations = 3\n[targets]\nrelative = [1e-3]\n"
        "[[problem]]\nfamily = \"shifted_quadratics\"\nbatch = 10\nbatch_order = \"" +
        std::string(name) +
        "\"\n[[optimizer]]\nid = \"gradient_descent\"\nset = { learning_rate = 0.01 }\n");
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].batch_order, name);
  }
}

}  // namespace
