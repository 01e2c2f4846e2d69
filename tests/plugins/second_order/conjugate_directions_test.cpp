// Conjugate directions: exact on a quadratic in n steps, whichever the conjugate set.
#include <gtest/gtest.h>

#include "tests/plugins/second_order/vectors.hpp"

namespace {

using ravine::test::dot;
using ravine::test::Host;
using ravine::test::minus;
using ravine::test::norm;
using ravine::test::Vector;

constexpr double kEigenvectors = 0;
constexpr double kGramSchmidt = 1;
constexpr double kGramSchmidtRandom = 2;

class Directions : public testing::TestWithParam<double> {
 protected:
  ravine::test::Objective f = ravine::test::dense_quadratic();
  Host host{"conjugate_directions", f, {{"directions", GetParam()}}};
};
INSTANTIATE_TEST_SUITE_P(Sets, Directions,
                         testing::Values(kEigenvectors, kGramSchmidt, kGramSchmidtRandom),
                         [](const auto& tested) {
                           if (tested.param == kEigenvectors) return "Eigenvectors";
                           return tested.param == kGramSchmidt ? "GramSchmidt" : "Random";
                         });

TEST_P(Directions, EndInExactlyNSteps) {
  host.steps(11);
  EXPECT_GT(norm(gradient(f, host.x)), 1e-3);
  host.steps(1);
  EXPECT_LE(norm(gradient(f, host.x)), 1e-13);  // some tens of roundings of numbers up to 12
  const Vector x = host.x;
  EXPECT_EQ(host.step(), RAVINE_CONVERGED);
  EXPECT_EQ(host.x, x);
  EXPECT_EQ(host.oracle.hessians, 1U);
  EXPECT_EQ(host.oracle.points.size(), 12U);
}

TEST_P(Directions, MinimizeOverTheExpandingSubspace) {
  // The gradient after k steps is orthogonal to all directions so far, and not to the next.
  const auto x = path(host, 12);
  for (std::size_t k = 1; k <= 12; ++k) {
    const Vector g = gradient(f, x[k]);
    for (std::size_t j = 0; j < 12; ++j) {
      const Vector d = minus(x[j + 1], x[j]);
      const double slope = std::fabs(dot(g, d)) / norm(d);
      if (j < k) {
        EXPECT_LE(slope, 1e-13) << k << ", " << j;
      }
      if (j == k) {
        EXPECT_GT(slope, 1e-3) << k;
      }
    }
  }
}

TEST_P(Directions, AreConjugate) {
  const auto x = path(host, 12);
  for (std::size_t i = 0; i < 12; ++i) {
    const Vector d = minus(x[i + 1], x[i]);
    const Vector hd = product(f, x[0], d);
    for (std::size_t j = 0; j < i; ++j) {
      const Vector other = minus(x[j + 1], x[j]);
      // Steps as short as 1e-3 are differences of numbers near 1: 13 digits.
      EXPECT_LE(std::fabs(dot(other, hd)), 1e-12 * norm(other) * norm(hd)) << i << ", " << j;
    }
  }
}

TEST_P(Directions, NeedADefiniteHessian) {
  for (const Vector& lambda : {Vector{1, -1}, Vector{1, 0}, Vector{1, std::nan("")}}) {
    auto indefinite = ravine::test::diagonal_quadratic(lambda);
    indefinite.f = ravine::test::diagonal_quadratic({1, 1}).f;
    Host other("conjugate_directions", indefinite, {{"directions", GetParam()}});
    EXPECT_EQ(other.step(), RAVINE_NO_PROGRESS);
    EXPECT_EQ(other.log, "the Hessian at the start is not definite");
    EXPECT_EQ(other.x, (Vector{1, 1}));
  }
}

TEST_P(Directions, BeginAnewWhereTheHostMovedIt) {
  host.steps(5);
  host.x.assign(12, 1);
  host.steps(12);
  EXPECT_LE(norm(gradient(f, host.x)), 1e-13);
  EXPECT_EQ(host.oracle.hessians, 2U);
}

TEST(ConjugateDirections, OfEigenvectorsAreOrthogonalAndThoseOfGramSchmidtTriangular) {
  const auto f = ravine::test::dense_quadratic();
  Host eigenvectors("conjugate_directions", f);
  const auto x = path(eigenvectors, 12);
  for (std::size_t i = 0; i < 12; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const Vector a = minus(x[i + 1], x[i]);
      const Vector b = minus(x[j + 1], x[j]);
      EXPECT_LE(std::fabs(dot(a, b)), 1e-12 * norm(a) * norm(b));
    }
  Host axes("conjugate_directions", f, {{"directions", kGramSchmidt}});
  const auto y = path(axes, 12);
  for (std::size_t k = 0; k < 12; ++k)
    for (std::size_t i = 0; i < 12; ++i) {
      if (i == k) {
        EXPECT_NE(y[k + 1][i], y[k][i]);
      } else if (i > k) {
        EXPECT_EQ(y[k + 1][i], y[k][i]) << "axis " << i << " enters at its own step";
      }
    }
}

TEST(ConjugateDirections, ThatAreRandomFollowTheSeedAlone) {
  const auto f = ravine::test::dense_quadratic();
  const auto first_step = [&](const char* seed) {
    Host host("conjugate_directions", f, {{"directions", kGramSchmidtRandom}});
    host.seed = seed;
    host.steps(1);
    return host.x;
  };
  const Vector x = first_step("");
  EXPECT_EQ(first_step(""), x);
  const Vector other = first_step("another");
  for (std::size_t i = 0; i < 12; ++i) EXPECT_NE(other[i], x[i]);
}

}  // namespace
