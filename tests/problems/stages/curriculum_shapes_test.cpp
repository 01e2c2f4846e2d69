#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <set>
#include <vector>

#include "problems/nets/samples/shapes.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::nets {
namespace {

constexpr Index kCount = 300;

Batch drawn(std::uint64_t basic, Part part = Part::training, std::uint64_t seed = 5) {
  const auto samples = shapes({{kCount, kCount, kCount}, basic, seed});
  Batch batch;
  samples->fit(batch, kCount);
  for (Index i = 0; i < kCount; ++i) samples->put(part, static_cast<std::uint64_t>(i), batch, i);
  return batch;
}

/// An image taken apart: the shape's pixels as points, relative to their mean.
struct Shape {
  double ground = 0, figure = 0;
  Eigen::Matrix2Xd points;
  Eigen::Matrix2d moments;

  explicit Shape(const Eigen::VectorXd& image) : ground(image[0]) {
    Index count = 0;
    points.resize(2, image.size());
    for (Index p = 0; p < image.size(); ++p) {
      if (image[p] == ground) continue;
      figure = image[p];
      const Index row = p / kShapeSide;
      points.col(count++) << static_cast<double>(p % kShapeSide), static_cast<double>(row);
    }
    points.conservativeResize(2, count);
    const Eigen::Vector2d mean = points.rowwise().mean();
    points.colwise() -= mean;
    moments = points * points.transpose() / static_cast<double>(count);
  }

  [[nodiscard]] double area() const { return static_cast<double>(points.cols()); }
  /// Ratio of the principal moments: 1 for what looks alike in all directions.
  [[nodiscard]] double elongation() const {
    const double half = 0.5 * moments.trace();
    const double apart = std::sqrt(std::max(half * half - moments.determinant(), 0.0));
    return (half + apart) / (half - apart);
  }
  /// area / sqrt(det moments), which no affine map changes: 12 for parallelograms, 4 pi for
  /// ellipses, 6 sqrt 3 for triangles.
  [[nodiscard]] double invariant() const { return area() / std::sqrt(moments.determinant()); }
};

TEST(Shapes, HaveTwoGreysWithContrast) {
  const Batch batch = drawn(100);
  for (Index i = 0; i < kCount; ++i) {
    const Eigen::VectorXd image = batch.inputs.col(i);
    const std::set<double> greys(image.begin(), image.end());
    ASSERT_EQ(greys.size(), 2U) << i;
    EXPECT_GE(*greys.begin(), 0);
    EXPECT_LE(*greys.rbegin(), 1);
    EXPECT_GE(*greys.rbegin() - *greys.begin(), kLeastContrast - 1e-15);
  }
}

// Brighter than the ground or darker, about half of each.
TEST(Shapes, AreBrightOrDark) {
  const Batch batch = drawn(0);
  int bright = 0;
  for (Index i = 0; i < kCount; ++i) {
    const Shape shape(batch.inputs.col(i));
    if (shape.figure > shape.ground) ++bright;
  }
  EXPECT_NEAR(bright, kCount / 2.0, 5 * std::sqrt(kCount / 4.0));
}

// The ellipse around the shape is, so that no shape is cut off; corners are ground.
TEST(Shapes, AreFullyInside) {
  for (const std::uint64_t basic : {std::uint64_t{0}, std::uint64_t{kCount}}) {
    const Batch batch = drawn(basic);
    for (Index i = 0; i < kCount; ++i) {
      const Eigen::VectorXd image = batch.inputs.col(i);
      const Index last = kShapeSide - 1;
      for (const Index corner : {last, kShapeSide * last, kShapeSide * kShapeSide - 1})
        EXPECT_EQ(image[corner], image[0]) << i;
      const Shape shape(image);
      // Largest of all are discs, smallest are triangles; pixels miss some of the edge.
      EXPECT_LT(shape.area(), 1.05 * 3.1416 * kLargestRadius * kLargestRadius);
      EXPECT_GT(shape.area(), 0.8 * 1.299 * kSmallestRadius * kSmallestRadius);
    }
  }
}

// Of means over all of a class pixels blur one percent or two.
TEST(Shapes, AreOfTheirClass) {
  for (const std::uint64_t basic : {std::uint64_t{0}, std::uint64_t{kCount}}) {
    const Batch batch = drawn(basic);
    Eigen::Vector3d mean = Eigen::Vector3d::Zero();
    for (Index i = 0; i < kCount; ++i) {
      ASSERT_EQ(batch.labels[static_cast<std::size_t>(i)], static_cast<std::uint32_t>(i % 3));
      mean[i % 3] += Shape(batch.inputs.col(i)).invariant() / (kCount / 3.0);
    }
    EXPECT_NEAR(mean[0], 12, 0.15);
    EXPECT_NEAR(mean[1], 4 * 3.14159265, 0.15);
    EXPECT_NEAR(mean[2], 6 * std::sqrt(3.0), 0.15);
  }
}

// A triangle of the smallest radius has sides of ten pixels, and one more or less makes it longer.
TEST(Shapes, BasicOnesAreEvenAndOthersLong) {
  const Batch batch = drawn(kCount / 2);
  double longest = 1;
  for (Index i = 0; i < kCount; ++i) {
    const double elongation = Shape(batch.inputs.col(i)).elongation();
    if (i < kCount / 2) {
      EXPECT_LT(elongation, 1.4) << i;
    } else {
      longest = std::max(longest, elongation);
    }
  }
  EXPECT_GT(longest, 3);
}

TEST(Shapes, OfThePartsAndSeedsDiffer) {
  const Matrix training = drawn(0).inputs;
  EXPECT_EQ(drawn(0).inputs, training);
  EXPECT_NE(drawn(0, Part::validation).inputs, training);
  EXPECT_NE(drawn(0, Part::test).inputs, training);
  EXPECT_NE(drawn(0, Part::training, 6).inputs, training);
  // Only training has basic ones.
  EXPECT_EQ(drawn(kCount, Part::test).inputs, drawn(0, Part::test).inputs);
}

std::unique_ptr<Problem> shapes_problem(const char* curriculum) {
  using ravine::problems::testing::number, ravine::problems::testing::word;
  DataSets none("");
  return ravine::problems::testing::make("bengio_shapes",
                                         {{"curriculum", word(curriculum)},
                                          {"hidden", word("3")},
                                          {"train", number(9)},
                                          {"validation", number(3)},
                                          {"test", number(3)}},
                                         {0, 5}, none);
}

// The mean loss of samples from `first` on, of the stage that sees all alike.
double mean_of(Problem& problem, std::uint64_t first, const std::vector<double>& x) {
  std::vector<std::uint64_t> samples(9);
  std::iota(samples.begin(), samples.end(), first);
  return ravine::problems::testing::value(problem, {1, samples, false}, x);
}

TEST(BengioShapes, StagesSeeTheirSets) {
  const auto both = shapes_problem("both"), grow = shapes_problem("grow");
  const auto swap = shapes_problem("switch"), general = shapes_problem("none");
  const std::vector<double>& x = both->facts().x0;
  const double first = mean_of(*both, 0, x), second = mean_of(*both, 9, x);
  const auto expect = [&](Problem& problem, std::uint64_t stage, double mean) {
    EXPECT_NEAR(ravine::problems::testing::value(problem, {stage}, x), mean, 1e-13);
  };
  EXPECT_GT(std::abs(first - second), 1e-6);
  expect(*both, 0, 0.5 * (first + second));
  expect(*both, 1, 0.5 * (first + second));
  expect(*grow, 0, first);
  expect(*grow, 1, 0.5 * (first + second));
  expect(*swap, 0, first);
  expect(*swap, 1, second);
  EXPECT_EQ(general->facts().stages.size(), 1U);
  EXPECT_EQ(general->facts().sample_count, 9U);
  std::vector<double> of_general(general->facts().metrics.size()), of_switch(of_general.size());
  ASSERT_EQ(general->measure(x, of_general), Answer::ok);
  ASSERT_EQ(swap->measure(x, of_switch), Answer::ok);
  for (std::size_t k = 1; k < of_general.size(); ++k)
    EXPECT_EQ(of_general[k], of_switch[k]) << "they are judged on the same samples";
}

}  // namespace
}  // namespace ravine::problems::nets
