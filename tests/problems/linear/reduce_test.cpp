#include "problems/linear/reduce.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "problems/facts.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class Reduce : public ::testing::TestWithParam<std::uint64_t> {};

INSTANTIATE_TEST_SUITE_P(Lengths, Reduce, ::testing::Values(0, 1, 7, 8, 9, 100, 1003));

// Whole numbers small enough that every order of additions is exact.
TEST_P(Reduce, SumsAreExactOnSmallIntegers) {
  const std::uint64_t n = GetParam();
  Vector a(n);
  Vector b(n);
  double expected_sum = 0;
  double expected_dot = 0;
  double expected_squares = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    a[i] = static_cast<double>(i % 11) - 3;
    b[i] = static_cast<double>(i % 7) - 2;
    expected_sum += a[i];
    expected_dot += a[i] * b[i];
    expected_squares += a[i] * b[i] * b[i];
  }
  EXPECT_EQ(sum(a), expected_sum);
  EXPECT_EQ(dot(a, b), expected_dot);
  EXPECT_EQ(weighted_squares(a, b), expected_squares);
}

// The definition, lane by lane, in plain loops.
TEST_P(Reduce, LanesAreAddedInTheStatedOrder) {
  const std::uint64_t n = GetParam();
  const Vector a = normal_vector(n, 1, "a");
  const Vector b = normal_vector(n, 1, "b");
  std::vector<double> s(8);
  for (std::uint64_t i = 0; i < n; ++i) s[i % 8] += a[i] * b[i];
  EXPECT_EQ(dot(a, b), ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7])));
}

TEST_P(Reduce, AlignmentDoesNotMatter) {
  const std::uint64_t n = GetParam();
  const Vector a = normal_vector(n, 2, "a");
  const double expected = dot(a, a);
  for (std::size_t offset = 1; offset < 8; ++offset) {
    Vector shifted(offset, 0.0);
    shifted.insert(shifted.end(), a.begin(), a.end());
    EXPECT_EQ(dot(std::span<const double>(shifted).subspan(offset), a), expected);
  }
}

}  // namespace
}  // namespace ravine::problems::testing
