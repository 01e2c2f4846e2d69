// Preconditioned gradient descent.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/first_order/support.hpp"

namespace {

using ravine::test::Host;

enum : int { kHessian, kDiagonal };

/// f = 1/2 x'Ax with A = [[4, 1, 0], [1, 3, 1], [0, 1, 2]].
ravine::test::Objective coupled_quadratic() {
  static constexpr double kA[3][3] = {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}};
  return {{1, -2, 3},
          [](std::span<const double> x, std::span<double> g) {
            double sum = 0;
            for (std::size_t i = 0; i < 3; ++i) {
              double row = 0;
              for (std::size_t j = 0; j < 3; ++j) row += kA[i][j] * x[j];
              if (!g.empty()) g[i] = row;
              sum += x[i] * row / 2;
            }
            return sum;
          },
          [](std::span<const double>, std::span<double> h) {
            for (std::size_t i = 0; i < 9; ++i) h[i] = kA[i / 3][i % 3];
          }};
}

TEST(PreconditionedGd, SolvesAQuadraticInOneStepWithItsHessian) {
  Host host("preconditioned_gd", coupled_quadratic());
  host.steps(1);
  EXPECT_LT(ravine::test::length(host.x), 1e-15);
}

TEST(PreconditionedGd, ShrinksEveryModeByOneMinusEta) {
  Host host("preconditioned_gd", coupled_quadratic(), {{"learning_rate", 0.3}});
  host.steps(20);
  const double left = std::pow(0.7, 20);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_NEAR(host.x[i], host.oracle.objective.start[i] * left, 1e-13 * left);
}

TEST(PreconditionedGd, WithTheDiagonalSolvesASeparableQuadraticInOneStep) {
  const auto separable = ravine::test::diagonal_quadratic({1e-3, 1, 1e5});
  Host diagonal("preconditioned_gd", separable, {{"preconditioner", kDiagonal}});
  diagonal.steps(1);
  EXPECT_EQ(diagonal.x, (std::vector<double>{0, 0, 0}));
  // Elsewhere it is another method: x - D^-1 A x in the first step.
  Host host("preconditioned_gd", coupled_quadratic(), {{"preconditioner", kDiagonal}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], 2.0 / 4, 1e-15);
  EXPECT_NEAR(host.x[1], -4.0 / 3, 1e-15);
  EXPECT_NEAR(host.x[2], 2.0 / 2, 1e-15);
}

TEST(PreconditionedGd, KeepsTheHessianOfItsStartUntilCurvatureIsStale) {
  for (const int preconditioner : {kHessian, kDiagonal}) {
    Host host("preconditioned_gd", ravine::test::rosenbrock(),
              {{"learning_rate", 0.1}, {"preconditioner", preconditioner}});
    EXPECT_EQ(host.oracle.hessians, 0);
    host.steps(20);
    EXPECT_EQ(host.oracle.hessians, 1);
    ASSERT_EQ(host.stage(RAVINE_STALE_VALUES), RAVINE_OK);
    host.steps(1);
    EXPECT_EQ(host.oracle.hessians, 1);
    ASSERT_EQ(host.stage(RAVINE_STALE_CURVATURE), RAVINE_OK);
    host.steps(1);
    EXPECT_EQ(host.oracle.hessians, 2);
  }
}

TEST(PreconditionedGd, RefusesAHessianThatIsNotPositiveDefinite) {
  for (const auto& [preconditioner, why] :
       {std::pair{kHessian, "the Hessian at the start is not positive definite"},
        std::pair{kDiagonal, "the Hessian's diagonal at the start is not positive"}}) {
    for (const double gamma : {1.0, 0.0, std::nan("")}) {  // indefinite, singular, undefined
      Host host("preconditioned_gd", ravine::test::strict_saddle(3, gamma),
                {{"preconditioner", preconditioner}});
      EXPECT_EQ(host.step(), RAVINE_NOT_SUPPORTED);
      EXPECT_EQ(host.log, why);
      EXPECT_EQ(host.x, (std::vector<double>{0, 0, 0}));
    }
  }
}

}  // namespace
