#include "problems/linear/hadamard.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/linear/reduce.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

// H_ij = (-1)^(number of common bits of i and j), exact on small integers.
TEST(HadamardTransform, IsTheHadamardMatrix) {
  for (std::uint64_t m = 1; m <= 65536; m *= 2) {
    Vector x(m);
    for (std::uint64_t i = 0; i < m; ++i) x[i] = static_cast<double>(i * 5 % 17) - 8;
    Vector hx = x;
    hadamard_transform(hx);
    for (std::uint64_t i = 0; i < m; i += m / 4 + 1) {
      double expected = 0;
      for (std::uint64_t j = 0; j < m; ++j) expected += std::popcount(i & j) % 2 ? -x[j] : x[j];
      ASSERT_EQ(hx[i], expected) << "order " << m << " row " << i;
    }
  }
}

class Rotation : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  // Q and Q' apply 4 windows each of at most log2 n + 1 rounded operations a coordinate, below
  // n = 64 a reflection of some 2 n more; rounding errors are at most u each and Q keeps lengths.
  static double tolerance(std::uint64_t n) {
    const double reflection = n < 64 ? 4 * static_cast<double>(n) + 20 : 0;
    return kUnitRoundoff * (8 * (std::log2(static_cast<double>(n)) + 1) + reflection);
  }
};

INSTANTIATE_TEST_SUITE_P(Dimensions, Rotation,
                         ::testing::Values(1, 2, 3, 4, 5, 7, 8, 31, 63, 64, 65, 96, 1000, 4095,
                                           4096, 4097, 100000));

TEST_P(Rotation, TransposedUndoesIt) {
  const std::uint64_t n = GetParam();
  HadamardRotation q(n, 9);
  const Vector x = normal_vector(n, 1, "x");
  const double length = std::sqrt(dot(x, x));
  Vector y = x;
  q.apply(y);
  EXPECT_NEAR(std::sqrt(dot(y, y)), length, tolerance(n) * length);
  if (n > 1) {
    EXPECT_GT(max_norm(plus(y, -1, x)), 0.1);
  }
  q.apply_transposed(y);
  const Vector rest = plus(y, -1, x);
  EXPECT_LE(std::sqrt(dot(rest, rest)), tolerance(n) * length);
  q.apply_transposed(y);
  q.apply(y);
  const Vector other = plus(y, -1, x);
  EXPECT_LE(std::sqrt(dot(other, other)), 2 * tolerance(n) * length);
}

TEST_P(Rotation, TransposedIsTheAdjoint) {
  const std::uint64_t n = GetParam();
  HadamardRotation q(n, 9);
  const Vector x = normal_vector(n, 1, "x");
  const Vector y = normal_vector(n, 1, "y");
  Vector qx = x;
  q.apply(qx);
  Vector qty = y;
  q.apply_transposed(qty);
  const double lengths = std::sqrt(dot(x, x) * dot(y, y));
  // The dot products add n / 8 roundings each.
  EXPECT_NEAR(dot(qx, y), dot(x, qty),
              (2 * tolerance(n) + static_cast<double>(n) * kUnitRoundoff) * lengths);
}

TEST(RotationOf, ColumnsAreOrthonormal) {
  for (const std::uint64_t n : {2U, 3U, 5U, 7U, 12U, 100U}) {
    HadamardRotation q(n, 4);
    std::vector<Vector> columns;
    for (std::uint64_t j = 0; j < n; ++j) {
      Vector e(n);
      e[j] = 1;
      q.apply(e);
      for (std::uint64_t k = 0; k < j; ++k) EXPECT_NEAR(dot(columns[k], e), 0, 1e-14);
      EXPECT_NEAR(dot(e, e), 1, 1e-14);
      columns.push_back(e);
    }
  }
}

// An entry of a random rotation is about N(0, 1/n): 8 standard deviations do not occur.
TEST(RotationOf, SpreadsEveryCoordinate) {
  for (const std::uint64_t n : {64U, 65U, 96U, 127U, 1000U}) {
    HadamardRotation q(n, 4);
    for (std::uint64_t j = 0; j < n; ++j) {
      Vector e(n);
      e[j] = 1;
      q.apply(e);
      ASSERT_LT(max_norm(e) * std::sqrt(static_cast<double>(n)), 8) << n << " column " << j;
    }
  }
}

// In the plane the angle is uniform, and |cos| and |sin| are below 0.98 with probability 0.74; in
// more dimensions it is likelier. Without the reflection the share would be 0 for n = 2.
TEST(RotationOf, MixesFewCoordinatesToo) {
  for (const std::uint64_t n : {2U, 3U, 4U, 5U, 8U, 16U}) {
    int mixed = 0;
    for (std::uint64_t key = 0; key < 400; ++key) {
      Vector e(n);
      e[0] = 1;
      HadamardRotation(n, key).apply(e);
      mixed += max_norm(e) < 0.98 ? 1 : 0;
    }
    EXPECT_GT(mixed, 250) << n;
  }
}

TEST(RotationOf, DependsOnItsKey) {
  Vector one = normal_vector(100, 1, "x");
  Vector two = one;
  HadamardRotation(100, 1).apply(one);
  HadamardRotation(100, 2).apply(two);
  EXPECT_GT(max_norm(plus(one, -1, two)), 0.1);
}

}  // namespace
}  // namespace ravine::problems::testing
