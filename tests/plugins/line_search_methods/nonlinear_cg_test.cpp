// Where the formulas for beta differ: who restarts, who jams, who descends.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/plugins/line_search_methods/support.hpp"

namespace {

using namespace ravine::test;

// The values of "formula".
constexpr double kFletcherReeves = 0, kPolakRibiere = 1, kPolakRibierePlus = 2,
                 kHestenesStiefel = 3, kDaiYuan = 4;
constexpr double kNever = 1e6;  // steps to a restart

std::vector<Objective> curved() { return {rosenbrock(), small_net()}; }

TEST(Restarts, ComeEveryNStepsUnlessToldOtherwise) {
  // Fletcher and Reeves with c2 = 0.1 give no other reason: each direction descends.
  for (const auto& [every, expected] : {std::pair{0, 13}, std::pair{5, 5}}) {
    Host host("nonlinear_cg", small_net(),
              {{"formula", kFletcherReeves}, {"c2", 0.1}, {"restart_every", every}});
    const Walk w = walk(host, 30);
    for (int k = 1; k <= 30; ++k) {
      const auto i = static_cast<std::size_t>(k);
      EXPECT_EQ(w.d[i] == negative(w.g[i]), k % expected == 0) << k << " of every " << expected;
    }
  }
}

TEST(Restarts, ByPowellsTestComeWhereGradientsAreFarFromOrthogonalAndNotByDefault) {
  for (const bool powell : {true, false}) {
    ravine::test::Settings settings{{"formula", kFletcherReeves}, {"restart_every", kNever}};
    if (powell) settings["powell"] = 1;
    Host host("nonlinear_cg", small_net(), settings);
    const Walk w = walk(host, 40);
    int far = 0;
    int near = 0;
    for (std::size_t k = 1; k <= 40; ++k) {
      const bool holds = std::fabs(dot(w.g[k], w.g[k - 1])) >= 0.1 * dot(w.g[k], w.g[k]);
      ++(holds ? far : near);
      EXPECT_EQ(w.d[k] == negative(w.g[k]), powell && holds) << "step " << k;
    }
    EXPECT_GT(far, 0);
    EXPECT_GT(near, 0);
  }
}

/// f = 1/2 x'diag(lambda)x near 0, so that Armijo takes a step of 1 along -g: g' = (1 - lambda) g.
Objective gentle(const Vector& lambda, double start) {
  Objective q = diagonal_quadratic(lambda);
  q.start = {start, start};
  return q;
}

TEST(PolakRibiere, IsClippedWhereItsBetaIsNegative) {
  // After a step that was too short: g = (0.1, 0.2), g' = (0.09, 0.16), g'.(g' - g) < 0.
  for (const double formula : {kPolakRibiere, kPolakRibierePlus}) {
    Host host("nonlinear_cg", gentle({0.1, 0.2}, 1),
              {{"formula", formula}, {"line_search", kArmijo}, {"restart_every", kNever}});
    const Walk w = walk(host, 1);
    const double beta = dot(w.g[1], minus(w.g[1], w.g[0])) / dot(w.g[0], w.g[0]);
    EXPECT_NEAR(beta, -0.0073 / 0.05, 1e-15);
    for (std::size_t i = 0; i < 2; ++i) {
      const double clipped = formula == kPolakRibierePlus ? 0 : beta;
      EXPECT_NEAR(w.d[1][i], -w.g[1][i] - clipped * w.g[0][i], 1e-16);  // a rounding of 0.2
    }
  }
  Host unset("nonlinear_cg", gentle({0.1, 0.2}, 1), {{"line_search", kArmijo}});
  const Walk w = walk(unset, 1);
  EXPECT_EQ(w.d[1], negative(w.g[1])) << "the clipped form is the default";
}

TEST(PolakRibiere, MayPointUphillWhereItIsPutBackOnTheGradient) {
  // After a step that was too long, g' = -c g: beta = c^2 + c and d' = c^2 (-g), uphill of g'.
  for (const double formula : {kPolakRibiere, kPolakRibierePlus}) {
    Host host("nonlinear_cg", gentle({1.5, 1.6}, 0.1),
              {{"formula", formula}, {"line_search", kArmijo}, {"restart_every", kNever}});
    const Walk w = walk(host, 2);
    EXPECT_GT(dot(w.d[1], w.g[1]), 0) << "the formula ascends";
    const Vector s = minus(w.x[2], w.x[1]);
    EXPECT_NEAR(-dot(s, w.g[1]) / norm(s) / norm(w.g[1]), 1, 1e-14) << "the step is along -g";
    EXPECT_LT(host.f(), host.oracle.objective.f(w.x[1], {}));
  }
}

TEST(EveryFormula, StepsDownhillWithEverySearch) {
  for (const double formula :
       {kFletcherReeves, kPolakRibiere, kPolakRibierePlus, kHestenesStiefel, kDaiYuan})
    for (const double search : {kZoom, kMoreThuente, kHagerZhang, kArmijo, kExact}) {
      Host host("nonlinear_cg", small_net(),
                {{"formula", formula}, {"line_search", search}, {"c2", 0.9}});
      for (int k = 0; k < 20; ++k) {
        const Vector x = host.x;
        const double before = host.f();
        host.steps(1);
        EXPECT_LT(dot(minus(host.x, x), gradient(host.oracle.objective, x)), 0);
        EXPECT_LE(host.f(), before);
      }
    }
}

/// Puts `host` after a step at (1, 0) of f = 1/4 |x|^2, with a next direction whose angle to -g has
/// the given cosine and whose length is such that -g.d = |g|^2, as after an exact search.
void misdirect(Host& host, double cosine) {
  Objective before = gentle({0.5, 0.5}, 1);
  before.start = {2, 0};
  Host armijo("nonlinear_cg", before, {{"line_search", kArmijo}, {"formula", kFletcherReeves}});
  armijo.steps(1);
  ASSERT_EQ(armijo.x, (Vector{1, 0}));
  State state(armijo);
  state.set_first({-0.5, 0.5 * std::sqrt(1 - cosine * cosine) / cosine});
  state.restore_into(host);
  host.x = armijo.x;
}

TEST(FletcherReeves, JamsAfterABadDirectionAndPolakRibiereRestartsItself) {
  // Powell (1977): an exact step along d at the angle t to -g scales the gradient by sin t; then
  // beta = sin^2 t makes the next angle t again, while Polak and Ribiere's beta is 0.
  constexpr double kCosine = 0.05;
  const double sine = std::sqrt(1 - kCosine * kCosine);
  Host jammed("nonlinear_cg", gentle({0.5, 0.5}, 1),
              {{"formula", kFletcherReeves}, {"line_search", kExact}, {"restart_every", kNever}});
  misdirect(jammed, kCosine);
  for (int k = 1; k <= 50; ++k) {
    jammed.steps(1);
    // A rounding each step, magnified by 1 / cos t where beta is computed.
    EXPECT_NEAR(norm(jammed.x), std::pow(sine, k), 1e-12) << k;
  }
  for (const double formula : {kPolakRibiere, kPolakRibierePlus, kHestenesStiefel}) {
    Host free("nonlinear_cg", gentle({0.5, 0.5}, 1),
              {{"formula", formula}, {"line_search", kExact}, {"restart_every", kNever}});
    misdirect(free, kCosine);
    free.steps(1);
    EXPECT_NEAR(norm(free.x), sine, 1e-15);
    free.steps(1);
    EXPECT_LT(norm(free.x), 1e-14) << "straight to the minimum";
  }
}

TEST(FletcherReeves, DescendsWithinAlBaalisBoundsUnderStrongWolfe) {
  // Nocedal and Wright (2006), Lemma 5.6: with c2 < 1/2,
  // -1 / (1 - c2) <= g.d / |g|^2 <= (2 c2 - 1) / (1 - c2). Roundings: 1e-12 of either.
  for (const Objective& f : curved())
    for (const double search : {kZoom, kMoreThuente})
      for (const double c2 : {0.1, 0.4, 0.49}) {
        Host host("nonlinear_cg", f,
                  {{"formula", kFletcherReeves},
                   {"line_search", search},
                   {"c2", c2},
                   {"restart_every", kNever}});
        const Walk w = walk(host, 60);
        for (std::size_t k = 1; k <= 60; ++k) {
          const double slope = dot(w.g[k], w.d[k]) / dot(w.g[k], w.g[k]);
          EXPECT_GE(slope, -1 / (1 - c2) - 1e-12) << k;
          EXPECT_LE(slope, (2 * c2 - 1) / (1 - c2) + 1e-12) << k;
        }
      }
}

/// Steps among the first 40 whose direction, as the formula gives it, does not descend.
int uphill(double formula, const Objective& f, double search) {
  Host host(
      "nonlinear_cg", f,
      {{"formula", formula}, {"line_search", search}, {"c2", 0.9}, {"restart_every", kNever}});
  const Walk w = walk(host, 40);
  int count = 0;
  for (std::size_t k = 1; k <= 40; ++k) count += dot(w.g[k], w.d[k]) < 0 ? 0 : 1;
  return count;
}

TEST(DaiYuan, DescendsWithEveryWolfeSearchWhereTheOthersNeedNot) {
  int others = 0;
  for (const Objective& f : curved())
    for (const double search : {kZoom, kMoreThuente, kHagerZhang}) {
      EXPECT_EQ(uphill(kDaiYuan, f, search), 0) << search;
      for (const double formula : {kFletcherReeves, kPolakRibiere, kHestenesStiefel})
        others += uphill(formula, f, search);
    }
  EXPECT_GT(others, 0);
}

TEST(DaiYuan, HasTheRatioOfSlopesForItsBeta) {
  // Dai and Yuan (1999), (2.4): beta = g'.d' / g.d, that is g'.g' / d.(g' - g).
  Host host("nonlinear_cg", small_net(), {{"formula", kDaiYuan}, {"restart_every", kNever}});
  const Walk w = walk(host, 40);
  for (std::size_t k = 1; k < 40; ++k) {
    const double beta = dot(w.g[k + 1], w.g[k + 1]) / dot(w.d[k], minus(w.g[k + 1], w.g[k]));
    const double ratio = dot(w.g[k + 1], w.d[k + 1]) / dot(w.g[k], w.d[k]);
    // Slopes are small differences of products up to some hundred times larger.
    EXPECT_NEAR(ratio / beta, 1, 1e-11) << k;
  }
}

}  // namespace
