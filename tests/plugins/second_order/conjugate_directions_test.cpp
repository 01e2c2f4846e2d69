// Conjugate directions: exact on a quadratic in n steps, whichever the conjugate set.
#include <gtest/gtest.h>

#include <algorithm>

#include "ravine/sdk/conjugate_directions.hpp"
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
  EXPECT_EQ(host.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(host.log, "has done its n directions");
  EXPECT_EQ(host.x, x);
  EXPECT_EQ(host.oracle.hessians, 1U);
  EXPECT_EQ(host.oracle.points.size(), 13U) << "a gradient a step, and one to see where it is";
}

TEST_P(Directions, HaveConvergedOnlyWhereTheGradientVanishes) {
  // Exactly: lambda are powers of two.
  Host quadratic("conjugate_directions", ravine::test::diagonal_quadratic({1, 2, 4}),
                 {{"directions", kGramSchmidt}});
  quadratic.steps(3);
  EXPECT_EQ(quadratic.x, (Vector{0, 0, 0}));
  EXPECT_EQ(quadratic.step(), RAVINE_CONVERGED);
  // Rosenbrock's function is no quadratic: two steps do not end at its minimum.
  Host rosenbrock("conjugate_directions", ravine::test::rosenbrock(), {{"directions", GetParam()}});
  rosenbrock.steps(2);
  EXPECT_GT(norm(gradient(ravine::test::rosenbrock(), rosenbrock.x)), 1);
  EXPECT_EQ(rosenbrock.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(rosenbrock.log, "has done its n directions");
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

/// A walk along a set of its own, as a plugin of a user's would take it, in another plugin's place.
class Own {
 public:
  Own(const ravine::test::Objective& f, Vector set)
      : host_("gradient_descent", f), set_(std::move(set)), walk_(host_.services(), x().size()) {}

  std::int32_t step() {
    const ravine::sdk::Function f(host_.oracle.table(), RAVINE_FULL);
    return walk_.step(
        f, host_.x,
        [&](std::span<double> d) {
          std::copy(set_.begin(), set_.end(), d.begin());
          return std::int32_t{RAVINE_OK};
        },
        [&](auto v, auto hv) { return f.hessian_vector(host_.x, v, hv); });
  }
  [[nodiscard]] const Vector& x() const { return host_.x; }
  [[nodiscard]] const std::string& log() const { return host_.log; }

 private:
  Host host_;
  Vector set_;
  ravine::sdk::ConjugateDirections walk_;
};

/// Conjugate for H = [[2, 1], [1, 2]], neither its eigenvectors nor an axis and the rest: (1, 1)
/// and (1, -1) are those, (2, -1)'H (0, 1) = 0 is another pair, of any lengths.
ravine::test::Objective two_by_two() {
  return {{3, -4},
          [](std::span<const double> x, std::span<double> g) {
            if (!g.empty()) {
              g[0] = 2 * x[0] + x[1] - 1;
              g[1] = x[0] + 2 * x[1] + 1;
            }
            return x[0] * x[0] + x[0] * x[1] + x[1] * x[1] - x[0] + x[1];
          },
          [](std::span<const double>, std::span<double> h) {
            h[0] = h[3] = 2;
            h[1] = h[2] = 1;
          }};
}

TEST(AnySet, OfConjugateDirectionsEndsAtTheMinimumInNSteps) {
  Own own(two_by_two(), {2e3, -1e3, 0, 1e-3});
  ASSERT_EQ(own.step(), RAVINE_OK);
  // The minimum along (2, -1) from (3, -4), where g = (1, -4): alpha = -(2 + 4) / 6.
  EXPECT_NEAR(own.x()[0], 1, 1e-15);
  EXPECT_NEAR(own.x()[1], -3, 1e-15);
  ASSERT_EQ(own.step(), RAVINE_OK);
  EXPECT_NEAR(own.x()[0], 1, 1e-15);
  EXPECT_NEAR(own.x()[1], -1, 1e-15);
}

TEST(AnySet, ThatIsNotConjugateIsRefused) {
  // The cosine of (2, -1) and (t, 1) in u'H v is 3 t / sqrt(6 (2 + 2 t + 2 t^2)), 9e-6 at last.
  for (const double t : {1.0, 1e-3, 1e-5}) {
    Own own(two_by_two(), {2, -1, t, 1});
    EXPECT_EQ(own.step(), RAVINE_NO_PROGRESS) << t;
    EXPECT_EQ(own.log(), "the directions are not conjugate");
    EXPECT_EQ(own.x(), (Vector{3, -4}));
  }
  Own rounded(two_by_two(), {2, -1, 1e-14, 1});
  EXPECT_EQ(rounded.step(), RAVINE_OK) << "as near as rounding";
  Own none(two_by_two(), {2, -1, 0, 0});
  EXPECT_EQ(none.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(none.log(), "no positive curvature along a direction: d'Hd <= 0");
}

TEST(AnySet, IsJudgedByWhatRoundingLeavesOfAnIllConditionedHessian) {
  // Eigenvectors of a rotated H with condition number 1e12, known to rounding only: their cosines
  // in u'H v are as large as 1e-16 * 1e12, and still they are the set.
  auto f = two_by_two();
  const double c = 0.6, s = 0.8, small = 1e-12;
  const Vector h{c * c + small * s * s, c * s * (1 - small), c * s * (1 - small),
                 s * s + small * c * c};
  f.hessian = [h](std::span<const double>, std::span<double> out) {
    std::copy(h.begin(), h.end(), out.begin());
  };
  Own own(f, {s, -c, c, s});
  EXPECT_EQ(own.step(), RAVINE_OK) << own.log();
}

}  // namespace
