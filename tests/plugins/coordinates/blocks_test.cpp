// Block coordinate descent and alternating minimization: exact within a block, and downhill.
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Objective;

enum : int { kPartials, kOther };  // within a block: sweeps, or Newton and CG, or L-BFGS

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
  for (const int inner : {kPartials, kOther}) {
    Host host("block_coordinate_descent", separable(),
              {{"inner", inner}, {"inner_tolerance", 1e-14}});
    host.steps(1);
    for (std::size_t i = 0; i < 10; ++i) EXPECT_NEAR(host.x[i], i < 5 ? 0 : 1, 1e-11);
    host.steps(1);
    for (const double v : host.x) EXPECT_NEAR(v, 0, 1e-11);
  }
}

TEST(BlockCoordinateDescent, BlocksOfOneVariableAreCoordinateDescent) {
  // Conjugate gradients in one dimension end in one product; the values agree to their roundings.
  for (const int inner : {kPartials, kOther}) {
    Host blocks("block_coordinate_descent", ravine::test::coupled_quadratic(),
                {{"inner", inner}, {"block_size", 1}});
    Host coordinates("coordinate_descent", ravine::test::coupled_quadratic(), {{"per_step", 1}});
    for (int k = 0; k < 24; ++k) {
      blocks.steps(1);
      coordinates.steps(1);
      for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(blocks.x[i], coordinates.x[i], 1e-13);
    }
  }
  // One sweep of a block of one variable is a step of coordinate descent, bit for bit.
  Host blocks("block_coordinate_descent", ravine::test::coupled_quadratic(),
              {{"block_size", 1}, {"inner_iterations", 1}});
  Host coordinates("coordinate_descent", ravine::test::coupled_quadratic(), {{"per_step", 1}});
  for (int k = 0; k < 24; ++k) {
    blocks.steps(1);
    coordinates.steps(1);
    EXPECT_EQ(blocks.x, coordinates.x);
  }
}

TEST(Blocks, OfTheCoupledPairDivideTheErrorBySquaresAsTheLectureSays) {
  // (w1 - w2)^2 + a |w|^2: w1 = w2 / (1 + a), then w2 = w1 / (1 + a); to some ulp of w.
  constexpr double a = 0.25;
  const Objective pair{{1, 1},
                       [](std::span<const double> w, std::span<double> g) {
                         const double d = w[0] - w[1];
                         if (!g.empty()) {
                           g[0] = 2 * d + 2 * a * w[0];
                           g[1] = -2 * d + 2 * a * w[1];
                         }
                         return d * d + a * (w[0] * w[0] + w[1] * w[1]);
                       },
                       [](std::span<const double>, std::span<double> h) {
                         h[0] = h[3] = 2 + 2 * a;
                         h[1] = h[2] = -2;
                       }};
  Host blocks("block_coordinate_descent", pair, {{"block_size", 1}});
  Host halves("alternating_minimization", pair);
  for (Host* host : {&blocks, &halves})
    for (int sweep = 0; sweep < 20; ++sweep) {
      const double before = host->x[1];
      host->steps(2);
      EXPECT_NEAR(host->x[1] / before, 1 / ((1 + a) * (1 + a)), 2e-15);
    }
}

TEST(Blocks, AskForPartialDerivativesAndNoGradient) {
  for (const char* plugin : {"block_coordinate_descent", "alternating_minimization"}) {
    Host host(plugin, separable());
    host.steps(2);
    EXPECT_EQ(host.oracle.cursors, 2U);
    // Five steps and, as nothing is left of the slopes, five questions; in both turns.
    EXPECT_EQ(host.oracle.partials, 20U);
    EXPECT_EQ(host.oracle.points.size(), 3U) << "f at the start and after each turn";
    EXPECT_EQ(host.oracle.products, 0U);
  }
}

TEST(Blocks, GoTheOtherWayWhereSweepsRise) {
  // sqrt(1 + x^2): Newton's step leads from x to -x^3, and f_ii > 0 does not tell.
  const Objective cup{{2, 3},
                      [](std::span<const double> x, std::span<double> g) {
                        double sum = 0;
                        for (std::size_t i = 0; i < 2; ++i) {
                          const double root = std::sqrt(1 + x[i] * x[i]);
                          sum += root;
                          if (!g.empty()) g[i] = x[i] / root;
                        }
                        return sum;
                      },
                      [](std::span<const double> x, std::span<double> h) {
                        h[1] = h[2] = 0;
                        h[0] = std::pow(1 + x[0] * x[0], -1.5);
                        h[3] = std::pow(1 + x[1] * x[1], -1.5);
                      }};
  for (const char* plugin : {"block_coordinate_descent", "alternating_minimization"}) {
    Host host(plugin, cup);
    for (int k = 0; k < 20; ++k) {
      const double before = host.f();
      if (host.step() != RAVINE_OK) break;
      EXPECT_LE(host.f(), before * (1 + 1e-14)) << plugin;
    }
    EXPECT_NEAR(host.f(), 2, 1e-12) << plugin;
  }
}

TEST(Blocks, GoTheOtherWayWithoutSecondDerivatives) {
  Host host("alternating_minimization", factors());
  Host other("alternating_minimization", factors(), {{"inner", kOther}});
  for (int k = 0; k < 6; ++k) {
    EXPECT_EQ(host.step(), other.step());
    EXPECT_EQ(host.x, other.x);
  }
  EXPECT_EQ(host.oracle.cursors, 1U) << "asked once";
}

TEST(BlockCoordinateDescent, MovesOneBlockAStepAndSolvesItsEquations) {
  Objective q = ravine::test::coupled_quadratic();
  q.blocks = {{"a", {2}}, {"b", {4}}};
  for (const int inner : {kPartials, kOther}) {
    Host host("block_coordinate_descent", q, {{"inner", inner}, {"inner_tolerance", 1e-13}});
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
}

TEST(BlockCoordinateDescent, DescendsThroughIndefiniteBlocksOfANet) {
  for (const int inner : {kPartials, kOther}) {
    Host host("block_coordinate_descent", ravine::test::small_net(), {{"inner", inner}});
    const double start = host.f();
    for (int k = 0; k < 80; ++k) {
      const double before = host.f();
      ASSERT_EQ(host.step(), RAVINE_OK);
      EXPECT_LE(host.f(), before * (1 + 1e-14));
    }
    // Coordinates are slower on a net, whose variables are coupled: 1/4 of f is left.
    EXPECT_LT(host.f(), start / (inner == kPartials ? 3 : 10));
  }
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
    for (const auto& [grouping, inner] : {std::pair{0, kPartials}, {0, kOther}, {1, kPartials}}) {
      Host host("alternating_minimization", objective, {{"grouping", grouping}, {"inner", inner}});
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
              {{"grouping", grouping},
               {"inner", kOther},
               {"inner_tolerance", 1e-4},
               {"inner_iterations", 1000}});
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
  for (const int inner : {kPartials, kOther}) {
    Host host("alternating_minimization",
              ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues()),
              {{"inner", inner}, {"inner_tolerance", 1e-6}});
    host.steps(1);
    for (std::size_t i = 5; i < 10; ++i) EXPECT_EQ(host.x[i], 1);
    host.steps(1);
    for (const double v : host.x) EXPECT_NEAR(v, 0, 2e-4);
  }
}

}  // namespace
