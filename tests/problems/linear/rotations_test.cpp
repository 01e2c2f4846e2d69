// Every rotation is orthogonal, undone by its transpose and the same for the same key.
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/linear/householder.hpp"
#include "problems/linear/reduce.hpp"
#include "problems/linear/rotation.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class EveryRotation : public ::testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Names, EveryRotation,
                         ::testing::Values("hadamard", "householder", "dense"),
                         [](const auto& name) { return name.param; });

TEST_P(EveryRotation, KeepsInnerProductsAndIsUndone) {
  for (const std::uint64_t n : {1U, 2U, 3U, 8U, 77U, 500U}) {
    const auto q = rotation(GetParam(), n, 9);
    const Vector x = normal_vector(n, 1, "x"), y = normal_vector(n, 2, "y");
    Vector qx = x, qy = y;
    q->apply(qx);
    q->apply(qy);
    // Some dozen roundings an entry, at most n of them in a row of a dense matrix.
    const double tolerance =
        (50 + static_cast<double>(n)) * kUnitRoundoff * std::sqrt(dot(x, x) * dot(y, y));
    EXPECT_NEAR(dot(qx, qy), dot(x, y), tolerance) << n;
    q->apply_transposed(qx);
    for (std::uint64_t i = 0; i < n; ++i) EXPECT_NEAR(qx[i], x[i], tolerance) << n;
    Vector again = y;
    rotation(GetParam(), n, 9)->apply(again);
    EXPECT_EQ(again, qy) << "decided by the key";
    Vector other = y;
    rotation(GetParam(), n, 10)->apply(other);
    if (n > 2) {
      EXPECT_NE(other, qy);
    }
  }
}

TEST(Householder, DiffersFromTheIdentityByRankThree) {
  constexpr Eigen::Index n = 20;
  HouseholderRotation q(n, 4);
  Eigen::MatrixXd difference(n, n);
  for (Eigen::Index j = 0; j < n; ++j) {
    Vector e(n);
    e[static_cast<std::size_t>(j)] = 1;
    q.apply(e);
    difference.col(j) = Eigen::Map<const Eigen::VectorXd>(e.data(), n);
    difference(j, j) -= 1;
  }
  Eigen::FullPivLU<Eigen::MatrixXd> lu(difference);
  lu.setThreshold(1e-12);
  EXPECT_EQ(lu.rank(), 3);
}

// An entry of a Haar matrix has mean 0 and variance 1 / n, and n times its square a variance below
// 2: 100 of them stay within four standard errors.
TEST(DenseRotations, AreUniform) {
  double squares = 0, signs = 0;
  for (std::uint64_t key = 0; key < 100; ++key) {
    const auto q = rotation("dense", 10, key);
    Vector e(10);
    e[0] = 1;
    q->apply(e);
    squares += 10 * e[0] * e[0];
    signs += e[0] > 0 ? 1 : -1;
  }
  EXPECT_NEAR(squares / 100, 1, 4 * std::sqrt(2.0 / 100));
  EXPECT_NEAR(signs / 100, 0, 0.4);
}

TEST(Rotations, AnotherNameIsRefused) {
  EXPECT_EQ(rotation("none", 5, 1), nullptr);
  EXPECT_THROW(rotation("fourier", 5, 1), std::invalid_argument);
}

}  // namespace
}  // namespace ravine::problems::testing
