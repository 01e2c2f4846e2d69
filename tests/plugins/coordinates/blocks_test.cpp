// Block coordinate descent and alternating minimization: exact within a block, and downhill.
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Objective;

/// Two blocks of five variables that do not touch each other.
Objective separable() {
  Objective q = ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues());
  q.blocks = {{"first", {5}}, {"second", {5}}};
  return q;
}

/// 1/2 |u v' - M|^2 of a 2 x 2 matrix of rank 1: quadratic in u and in v, not in both.
Objective factors() {
  const auto f = [](std::span<const double> x, std::span<double> g) {
    constexpr double m[2][2] = {{2, 1}, {4, 2}};
    std::fill(g.begin(), g.end(), 0.0);
    double sum = 0;
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t j = 0; j < 2; ++j) {
        const double r = x[i] * x[2 + j] - m[i][j];
        sum += r * r / 2;
        if (g.empty()) continue;
        g[i] += r * x[2 + j];
        g[2 + j] += r * x[i];
      }
    return sum;
  };
  return {{1, 0.5, 0.5, 1}, f, {}, {{"u", {2}}, {"v", {2}}}};
}

TEST(BlockCoordinateDescent, EndsOnSeparableBlocksInOneSweep) {
  // Five distinct eigenvalues a block: conjugate gradients end in five products, in floating point
  // at a residual of some ulp of |g| = 200 or so.
  Host host("block_coordinate_descent", separable(), {{"inner_tolerance", 1e-14}});
  host.steps(1);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_NEAR(host.x[i], i < 5 ? 0 : 1, 1e-11);
  host.steps(1);
  for (const double v : host.x) EXPECT_NEAR(v, 0, 1e-11);
}

TEST(BlockCoordinateDescent, BlocksOfOneVariableAreCoordinateDescent) {
  // Conjugate gradients in one dimension end in one product; the values agree to their roundings.
  Host blocks("block_coordinate_descent", ravine::test::coupled_quadratic(), {{"block_size", 1}});
  Host coordinates("coordinate_descent", ravine::test::coupled_quadratic(), {{"per_step", 1}});
  for (int k = 0; k < 24; ++k) {
    blocks.steps(1);
    coordinates.steps(1);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(blocks.x[i], coordinates.x[i], 1e-13);
  }
}

TEST(BlockCoordinateDescent, MovesOneBlockAStepAndSolvesItsEquations) {
  Objective q = ravine::test::coupled_quadratic();
  q.blocks = {{"a", {2}}, {"b", {4}}};
  Host host("block_coordinate_descent", q, {{"inner_tolerance", 1e-13}});
  for (int k = 0; k < 6; ++k) {
    const std::vector<double> before = host.x;
    host.steps(1);
    std::vector<double> g(6);
    host.oracle.objective.f(host.x, g);
    for (std::size_t i = 0; i < 6; ++i)
      if ((i < 2) == (k % 2 == 0))
        EXPECT_NEAR(g[i], 0, 1e-11);
      else
        EXPECT_EQ(host.x[i], before[i]);
  }
}

TEST(BlockCoordinateDescent, DescendsThroughIndefiniteBlocksOfANet) {
  Host host("block_coordinate_descent", ravine::test::small_net());
  const double start = host.f();
  for (int k = 0; k < 80; ++k) {
    const double before = host.f();
    ASSERT_EQ(host.step(), RAVINE_OK);
    EXPECT_LE(host.f(), before * (1 + 1e-14));
  }
  EXPECT_LT(host.f(), start / 10);
}

TEST(BlockCoordinateDescent, IsNotForTasksWithoutHessianVectorProducts) {
  try {
    Host host("block_coordinate_descent", ravine::test::flat_coordinate());
    FAIL() << "accepted";
  } catch (const std::runtime_error& refused) {
    EXPECT_NE(std::string(refused.what()).find("Hessian-vector"), std::string::npos);
  }
}

TEST(BlockCoordinateDescent, SaysWhenNoBlockCanGoOn) {
  Objective q = separable();
  q.start = std::vector<double>(10, 0.0);
  Host at_minimum("block_coordinate_descent", q);
  EXPECT_EQ(at_minimum.step(), RAVINE_CONVERGED);

  Objective uphill = separable();  // a gradient and a Hessian of the wrong sign
  uphill.f = [](std::span<const double> x, std::span<double> g) {
    double sum = 0;
    for (const double v : x) sum += v * v / 2;
    for (std::size_t i = 0; i < g.size(); ++i) g[i] = -x[i];
    return sum;
  };
  Host host("block_coordinate_descent", uphill);
  EXPECT_EQ(host.step(), RAVINE_OK);  // the other block has not been tried
  EXPECT_EQ(host.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(host.x, uphill.start);
}

TEST(AlternatingMinimization, NeverRisesAndFactorsAMatrix) {
  for (const Objective& objective : {factors(), ravine::test::small_net()})
    for (const double grouping : {0.0, 1.0}) {
      Host host("alternating_minimization", objective, {{"grouping", grouping}});
      const double start = host.f();
      for (int k = 0; k < 60; ++k) {
        const double before = host.f();
        const auto status = host.step();
        EXPECT_LE(host.f(), before * (1 + 1e-14)) << "step " << k;
        if (status != RAVINE_OK) break;
      }
      EXPECT_LT(host.f(), start / 10);
    }
  // One least-squares problem for u, one for v: a rank-1 matrix is found after both.
  Host host("alternating_minimization", factors(), {{"inner_tolerance", 1e-9}});
  host.steps(2);
  EXPECT_LT(host.f(), 1e-15);
}

TEST(AlternatingMinimization, MovesOneGroupAStepToItsTolerance) {
  for (const double grouping : {0.0, 1.0}) {
    Host host("alternating_minimization", ravine::test::small_net(),
              {{"grouping", grouping}, {"inner_tolerance", 1e-4}, {"inner_iterations", 1000}});
    // Blocks of 6, 3, 3 and 1 variables: halves are 0..8 and 9..12, even blocks 0..5 and 9..11.
    const auto first = [&](std::size_t i) {
      return grouping == 0 ? i < 9 : i < 6 || (i > 8 && i < 12);
    };
    for (int k = 0; k < 4; ++k) {
      const std::vector<double> before = host.x;
      std::vector<double> g(13), g_after(13);
      host.oracle.objective.f(before, g);
      host.steps(1);
      host.oracle.objective.f(host.x, g_after);
      double old_norm = 0, new_norm = 0;
      for (std::size_t i = 0; i < 13; ++i) {
        if (first(i) == (k % 2 == 0)) {
          old_norm += g[i] * g[i];
          new_norm += g_after[i] * g_after[i];
        } else {
          EXPECT_EQ(host.x[i], before[i]) << "step " << k << ", coordinate " << i;
        }
      }
      // Sums of five samples' terms: no gradient is better than some ulp of 1.
      EXPECT_LE(std::sqrt(new_norm), 1e-4 * std::sqrt(old_norm) + 1e-13) << "step " << k;
    }
  }
}

TEST(AlternatingMinimization, HalvesASingleBlock) {
  // On a separable quadratic both halves are solved after two steps, to the inner tolerance: |g| of
  // a half shrinks by 1e-6, and x = g / lambda by no less than that times |g0| / lambda_min = 200.
  Host host("alternating_minimization",
            ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues()),
            {{"inner_tolerance", 1e-6}});
  host.steps(1);
  for (std::size_t i = 5; i < 10; ++i) EXPECT_EQ(host.x[i], 1);
  host.steps(1);
  for (const double v : host.x) EXPECT_NEAR(v, 0, 2e-4);
}

}  // namespace
