// Conjugate gradients on a quadratic: Hestenes and Stiefel's theorems, and what a step asks.
#include <gtest/gtest.h>

#include "tests/plugins/second_order/vectors.hpp"

namespace {

using ravine::test::diagonal_quadratic;
using ravine::test::dot;
using ravine::test::Host;
using ravine::test::minus;
using ravine::test::norm;
using ravine::test::Vector;

TEST(LinearCg, EndsInAsManyStepsAsThereAreDistinctEigenvalues) {
  const Vector distinct{1, 3, 10, 30, 100};
  Vector lambda(30);
  for (std::size_t i = 0; i < 30; ++i) lambda[i] = distinct[i % 5];
  Host host("linear_cg", diagonal_quadratic(lambda));
  host.steps(4);
  EXPECT_GT(norm(host.x) / norm(host.oracle.objective.start), 1e-3);
  host.steps(1);
  // The fifth residual polynomial is 0 at all five; its coefficients magnify roundings some 1e4.
  EXPECT_LE(norm(host.x) / norm(host.oracle.objective.start), 1e-11);
}

TEST(LinearCg, StaysBelowTheChebyshevBound) {
  for (const double kappa : {10.0, 100.0, 1e4}) {
    Vector lambda(100);
    for (std::size_t i = 0; i < 100; ++i) lambda[i] = 1 + (kappa - 1) * static_cast<double>(i) / 99;
    Host host("linear_cg", diagonal_quadratic(lambda));
    const double q = (std::sqrt(kappa) - 1) / (std::sqrt(kappa) + 1);
    const double start = std::sqrt(2 * host.f());  // |e_0|_A
    double bound = 2 * start;
    for (int k = 1; k <= 100; ++k) {
      host.steps(1);
      bound *= q;
      // Where exact arithmetic has ended rounding is left: 1e-14 of the start.
      EXPECT_LE(std::sqrt(2 * host.f()), bound + 1e-14 * start) << kappa << ", step " << k;
    }
  }
}

TEST(LinearCg, DirectionsAreConjugateAndGradientsOrthogonal) {
  const auto f = ravine::test::dense_quadratic();
  Host host("linear_cg", f);
  const auto x = path(host, 8);  // steps shrink to 1e-4, which leaves 12 digits of a difference
  for (std::size_t i = 0; i < 8; ++i) {
    const Vector d = minus(x[i + 1], x[i]);
    const Vector hd = product(f, x[0], d);
    const Vector g = gradient(f, x[i]);
    for (std::size_t j = 0; j < i; ++j) {
      const Vector other = minus(x[j + 1], x[j]);
      EXPECT_LE(std::fabs(dot(other, hd)), 1e-9 * norm(other) * norm(hd)) << i << ", " << j;
      const Vector g_other = gradient(f, x[j]);
      EXPECT_LE(std::fabs(dot(g, g_other)), 1e-9 * norm(g) * norm(g_other)) << i << ", " << j;
    }
  }
}

TEST(LinearCg, SolvesInNStepsAndEndsAfterItsPasses) {
  Host host("linear_cg", ravine::test::dense_quadratic(), {{"passes", 1}});
  host.steps(12);
  EXPECT_LE(norm(gradient(host.oracle.objective, host.x)), 1e-13);
  const Vector x = host.x;
  EXPECT_EQ(host.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(host.log, "has done its passes of n steps");
  EXPECT_EQ(host.x, x);
}

TEST(LinearCg, AsksForOneProductAStepAndForTheResidualAnewAfterFifty) {
  Host host("linear_cg", ravine::test::dense_quadratic());
  host.steps(49);
  EXPECT_EQ(host.oracle.products, 49U);
  EXPECT_EQ(host.oracle.points.size(), 1U);
  host.steps(1);
  EXPECT_EQ(host.oracle.products, 51U);
  EXPECT_EQ(host.oracle.points, (std::vector<Vector>(2, host.oracle.objective.start)));
}

TEST(LinearCg, ReachesTheMinimumWhereRoundingNeedsMoreThanNSteps) {
  // Condition 1e8 over n = 40: far from done after n steps, since rounding costs conjugacy.
  Vector lambda(40);
  for (std::size_t i = 0; i < 40; ++i) lambda[i] = std::pow(10, 8 * static_cast<double>(i) / 39);
  Host host("linear_cg", diagonal_quadratic(lambda));
  const double start = host.f();
  host.steps(40);
  EXPECT_GT(host.f(), 1e-12 * start);
  host.steps(360);
  EXPECT_LE(host.f(), 1e-16 * start);
  EXPECT_EQ(host.step(), RAVINE_NO_PROGRESS);
}

TEST(LinearCg, LeavesWhereTheCurvatureIsNotPositive) {
  // d = -g = (-1, 1): d'Hd = 1 - 1 = 0.
  Host flat("linear_cg", diagonal_quadratic({1, -1}));
  EXPECT_EQ(flat.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(flat.log, "no positive curvature: d'Hd <= 0");
  Host negative("linear_cg", diagonal_quadratic({1, -3}));
  EXPECT_EQ(negative.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(negative.x, (Vector{1, 1}));
  Host not_a_number("linear_cg", diagonal_quadratic({1, std::nan("")}));
  EXPECT_EQ(not_a_number.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(not_a_number.log, "d'Hd is not a number");
}

TEST(LinearCg, RefusesMiniBatchesAsOthersDoThatNeedOneFunction) {
  auto batches = ravine::test::rosenbrock();
  batches.samples = {2, [f = batches.f](std::size_t, auto x, auto g) { return f(x, g); }, 1};
  for (const char* plugin : {"linear_cg", "conjugate_directions", "levenberg_marquardt"}) {
    try {
      Host host(plugin, batches);
      FAIL() << plugin;
    } catch (const std::runtime_error& e) {
      EXPECT_STREQ(e.what(), "init: needs the same function at every step: no mini-batches");
    }
  }
}

TEST(LinearCg, HasConvergedAtAMinimum) {
  auto f = diagonal_quadratic({1, 2});
  f.start = {0, 0};
  Host host("linear_cg", f);
  EXPECT_EQ(host.step(), RAVINE_CONVERGED);
  EXPECT_EQ(host.oracle.products, 0U);
}

TEST(LinearCg, ClaimsNoMinimumWhereOnlyTheSquareOfTheGradientIsZero) {
  Host host("linear_cg", diagonal_quadratic({1e-170, 1e-170}));  // 1e-340 is below every double
  EXPECT_EQ(host.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(host.log, "r'r is below the smallest number");
  EXPECT_EQ(host.x, (Vector{1, 1}));
}

TEST(LinearCg, BeginsAnewWhereTheHostMovedItOrTheStageChanged) {
  const auto f = ravine::test::dense_quadratic();
  auto elsewhere = f;
  elsewhere.start.assign(12, 0.5);
  Host fresh("linear_cg", elsewhere);
  Host moved("linear_cg", f);
  moved.steps(3);
  moved.x = elsewhere.start;
  Host staged("linear_cg", f);
  staged.steps(3);
  staged.x = elsewhere.start;
  staged.steps(1);
  staged.x = elsewhere.start;
  ASSERT_EQ(staged.stage(RAVINE_STALE_VALUES), RAVINE_OK);
  for (int k = 0; k < 5; ++k) {
    fresh.steps(1);
    moved.steps(1);
    staged.steps(1);
    EXPECT_EQ(moved.x, fresh.x);
    EXPECT_EQ(staged.x, fresh.x);
  }
}

TEST(LinearCg, StaysOnTheModelAtItsStart) {
  // On Rosenbrock two steps solve the model at (-1.2, 1), whose minimum is Newton's first iterate.
  Host host("linear_cg", ravine::test::rosenbrock());
  host.steps(2);
  EXPECT_NEAR(host.x[0], -1.1752808988764, 1e-12);
  EXPECT_NEAR(host.x[1], 1.38067415730337, 1e-12);
}

}  // namespace
