// What the nets are shown: each source is what its definition says.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "problems/facts.hpp"
#include "problems/nets/samples/autoencoded.hpp"
#include "problems/nets/samples/curves.hpp"
#include "problems/nets/samples/label_noise.hpp"
#include "problems/nets/samples/points.hpp"
#include "problems/nets/samples/sequences.hpp"

namespace ravine::problems::nets {
namespace {

Batch drawn(Samples& samples, Part part = Part::training) {
  Batch batch;
  const std::uint64_t count = samples.count(part);
  samples.fit(batch, static_cast<Index>(count));
  for (std::uint64_t i = 0; i < count; ++i) samples.put(part, i, batch, static_cast<Index>(i));
  batch.size = static_cast<Index>(count);
  return batch;
}

PointsSpec spec(std::uint64_t training, std::uint64_t classes = 2) {
  PointsSpec result;
  result.counts = {training, 50, 50};
  result.classes = classes;
  result.seed = 3;
  return result;
}

// Lang and Witbrock: 97 points a class, phi = i pi / 16, r = 6.5 (104 - i) / 104; here over 6.5.
TEST(TwoSpirals, AreTheirFormula) {
  const auto samples = two_spirals(spec(194));
  const Batch batch = drawn(*samples);
  for (Index i = 0; i < 97; ++i) {
    const double phi = static_cast<double>(i) * std::numbers::pi / 16;
    const double r = static_cast<double>(104 - i) / 104;
    EXPECT_NEAR(batch.inputs(0, 2 * i), r * std::sin(phi), kUnitRoundoff);
    EXPECT_NEAR(batch.inputs(1, 2 * i), r * std::cos(phi), kUnitRoundoff);
    EXPECT_EQ(batch.inputs.col(2 * i + 1), -batch.inputs.col(2 * i));
    EXPECT_EQ(batch.labels[static_cast<std::size_t>(2 * i)], 0U);
    EXPECT_EQ(batch.labels[static_cast<std::size_t>(2 * i + 1)], 1U);
  }
}

TEST(Moons, LieOnTwoHalfCircles) {
  const auto samples = moons(spec(200));
  const Batch batch = drawn(*samples);
  for (Index j = 0; j < batch.size; ++j) {
    const bool upper = batch.labels[static_cast<std::size_t>(j)] == 0;
    const double x = batch.inputs(0, j) - (upper ? 0 : 1);
    const double y = batch.inputs(1, j) - (upper ? 0 : 0.5);
    EXPECT_NEAR(x * x + y * y, 1, 8 * kUnitRoundoff);
    EXPECT_TRUE(upper ? y >= 0 : y <= 0);
  }
}

// The mean of m standard normal numbers is off by some 1 / sqrt(m).
TEST(Blobs, HaveTheirCentres) {
  const auto samples = blobs(spec(4000, 4));
  const Batch batch = drawn(*samples);
  Matrix mean = Matrix::Zero(2, 4);
  for (Index j = 0; j < batch.size; ++j)
    mean.col(static_cast<Index>(batch.labels[static_cast<std::size_t>(j)])) +=
        batch.inputs.col(j) / 1000;
  for (Index k = 0; k < 4; ++k) {
    const double angle = static_cast<double>(k) * std::numbers::pi / 2;
    EXPECT_NEAR(mean(0, k), 3 * std::cos(angle), 5 / std::sqrt(1000.0));
    EXPECT_NEAR(mean(1, k), 3 * std::sin(angle), 5 / std::sqrt(1000.0));
  }
}

TEST(Points, OfTheThreePartsDiffer) {
  PointsSpec noisy = spec(50);
  noisy.noise = 0.1;
  const auto samples = moons(noisy);
  const Matrix training = drawn(*samples).inputs;
  const Matrix validation = drawn(*samples, Part::validation).inputs;
  const Matrix test = drawn(*samples, Part::test).inputs;
  for (Index j = 0; j < 50; ++j) {
    EXPECT_NE(training.col(j), validation.col(j));
    EXPECT_NE(training.col(j), test.col(j));
    EXPECT_NE(validation.col(j), test.col(j));
  }
  EXPECT_EQ(drawn(*samples).inputs, training) << "a sample is a function of its number";
}

// A share s of the labels is drawn anew, and 1 / K of these keep their class.
TEST(LabelNoise, ReplacesItsShareOfTheTrainingLabelsAlone) {
  constexpr double kShare = 0.4;
  const auto noisy = noisy_labels(blobs(spec(5000, 4)), kShare, 8);
  const auto clean = blobs(spec(5000, 4));
  const Batch ours = drawn(*noisy);
  const Batch theirs = drawn(*clean);
  EXPECT_EQ(ours.inputs, theirs.inputs);
  int changed = 0;
  for (std::size_t i = 0; i < 5000; ++i) changed += ours.labels[i] == theirs.labels[i] ? 0 : 1;
  const double p = kShare * 0.75;
  EXPECT_NEAR(changed / 5000.0, p, 5 * std::sqrt(p * (1 - p) / 5000));
  EXPECT_EQ(drawn(*noisy, Part::test).labels, drawn(*clean, Part::test).labels);
}

TEST(Autoencoded, TargetsAreTheInputs) {
  DataSets data;
  const auto samples = autoencoded(curves({5, 0, 2}, data));
  EXPECT_EQ(samples->targets(), 784);
  EXPECT_EQ(samples->classes(), 0);
  const Batch batch = drawn(*samples);
  EXPECT_EQ(batch.targets, batch.inputs);
}

// A pen of width 0.8 leaves some 2 pixels dark across the line, and nothing far from it.
TEST(Curves, AreThinLinesOnAnEmptyGround) {
  DataSets data;
  const auto samples = curves({50, 0, 2}, data);
  const Batch batch = drawn(*samples);
  for (Index j = 0; j < batch.size; ++j) {
    const auto image = batch.inputs.col(j);
    EXPECT_GE(image.minCoeff(), 0);
    EXPECT_LE(image.maxCoeff(), 1);
    EXPECT_GT(image.maxCoeff(), 0.7) << "the line passes within 0.6 pixels of a pixel's centre";
    EXPECT_LT((image.array() > 0.5).count(), 784 / 4);
  }
  EXPECT_NE(batch.inputs.col(0), batch.inputs.col(1));
}

TEST(Addition, AsksForTheMeanOfTheMarkedNumbers) {
  constexpr Index kSteps = 40;
  const auto samples = addition({200, 0, 2}, kSteps, 1);
  const Batch batch = drawn(*samples);
  for (Index j = 0; j < batch.size; ++j) {
    double mean = 0;
    std::vector<Index> marked;
    for (Index t = 0; t < kSteps; ++t) {
      const double mark = batch.inputs(2 * t + 1, j);
      ASSERT_TRUE(mark == 0 || mark == 1);
      mean += mark * batch.inputs(2 * t, j) / 2;
      if (mark == 1) marked.push_back(t);
    }
    ASSERT_EQ(marked.size(), 2U);
    EXPECT_LT(marked[0], kSteps / 10);
    EXPECT_GE(marked[1], kSteps / 10);
    EXPECT_LT(marked[1], kSteps / 2);
    EXPECT_EQ(batch.targets(0, j), mean);
  }
}

TEST(TemporalOrder, ClassesAreTheOrderOfXAndY) {
  constexpr Index kSteps = 20;
  const auto samples = temporal_order({200, 0, 2}, kSteps, 1);
  const Batch batch = drawn(*samples);
  std::set<std::uint32_t> seen;
  for (Index j = 0; j < batch.size; ++j) {
    std::vector<Index> order;
    for (Index t = 0; t < kSteps; ++t) {
      const auto step = batch.inputs.col(j).segment(6 * t, 6);
      EXPECT_EQ(step.sum(), 1);
      EXPECT_EQ(step.maxCoeff(), 1);
      if (step[0] + step[1] == 1) order.push_back(step[1] == 1 ? 1 : 0);
    }
    ASSERT_EQ(order.size(), 2U);
    const std::uint32_t label = batch.labels[static_cast<std::size_t>(j)];
    EXPECT_EQ(label, static_cast<std::uint32_t>(2 * order[0] + order[1]));
    seen.insert(label);
  }
  EXPECT_EQ(seen.size(), 4U);
}

}  // namespace
}  // namespace ravine::problems::nets
