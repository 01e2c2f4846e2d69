// Against NLopt 2.7: its Nelder-Mead evaluation by evaluation, and the bridge to its L-BFGS against
// that called without a bridge.
#include <gtest/gtest.h>
#include <nlopt.h>

#include <memory>
#include <type_traits>

#include "tests/plugins/libraries/simplex.hpp"

namespace {

using namespace ravine::test;

struct Answer {
  std::vector<double> x;
  Points points;
};

template <class Setup>
Answer nlopt(nlopt_algorithm algorithm, const Objective& objective, const Setup& setup) {
  Asked asked(objective);
  const std::unique_ptr<std::remove_pointer_t<nlopt_opt>, Free<&nlopt_destroy>> opt(
      nlopt_create(algorithm, static_cast<unsigned>(asked.n())));
  nlopt_set_min_objective(
      opt.get(),
      [](unsigned, const double* x, double* g, void* data) {
        return static_cast<Asked*>(data)->evaluate(x, g);
      },
      &asked);
  setup(opt.get());
  std::vector<double> x = objective.start;
  double f = 0;
  nlopt_optimize(opt.get(), x.data(), &f);
  return {x, asked.points};
}

// The same function of y = x + a constant, from such y that every edge of the first simplex leads
// uphill.
Objective uphill(Objective objective) {
  std::vector<double> g(objective.start.size());
  objective.f(objective.start, g);
  std::vector<double> offset = objective.start;
  for (std::size_t i = 0; i < g.size(); ++i) {
    objective.start[i] = std::copysign(1, g[i]);
    offset[i] -= objective.start[i];
  }
  const auto f = objective.f;
  objective.f = [f, offset](std::span<const double> y, std::span<double> slopes) {
    std::vector<double> x = offset;
    for (std::size_t i = 0; i < y.size(); ++i) x[i] += y[i];
    return f(x, slopes);
  };
  return objective;
}

// f = sum x_i^2 / 2 + (1 - cos 4 x_i) / 2: contractions fail there, and the simplex shrinks. In
// more variables the two come to evaluate the shrunk vertices in another order.
Objective ripples() {
  return {{2, 2.3, 2.6}, [](std::span<const double> x, std::span<double> g) {
            double sum = 0;
            for (std::size_t i = 0; i < x.size(); ++i) {
              sum += (x[i] * x[i] + 1 - std::cos(4 * x[i])) / 2;
              if (!g.empty()) g[i] = x[i] + 2 * std::sin(4 * x[i]);
            }
            return sum;
          }};
}

// NLopt builds the first simplex around the best point so far, ours around the start: they are one
// where no vertex, but for the last, lies below the start.
struct Case {
  const char* problem;
  bool moved;               // by uphill
  std::size_t evaluations;  // that are compared
  int steps;                // in which ours makes as many
};
constexpr Case kCases[] = {{"quadratic", false, 560, 400},
                           {"coupled", false, 600, 400},
                           {"dense_quadratic", true, 400, 400},
                           {"rosenbrock", false, 200, 120},
                           {"net", true, 400, 400},
                           {"ripples", true, 260, 145}};

class NloptSimplex : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Libraries, NloptSimplex, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.problem); });

TEST_P(NloptSimplex, TriesTheSamePoints) {
  const Case& c = GetParam();
  const Objective named =
      c.problem == std::string("ripples") ? ripples() : problem_named(c.problem);
  const Objective objective = c.moved ? uphill(named) : named;
  const std::vector<double> edges = first_edges(objective.start);
  const Points theirs = nlopt(NLOPT_LN_NELDERMEAD, objective, [&](nlopt_opt opt) {
                          nlopt_set_initial_step(opt, edges.data());
                          nlopt_set_maxeval(opt, static_cast<int>(c.evaluations));
                        }).points;
  ASSERT_EQ(theirs.size(), c.evaluations);
  for (std::size_t k = 1; k < objective.start.size(); ++k)
    ASSERT_GT(objective.f(theirs[k], {}), objective.f(theirs[0], {})) << "vertex " << k;
  Host host("nelder_mead", objective);
  host.steps(c.steps);
  const Points& ours = host.oracle.points;
  ASSERT_GE(ours.size(), c.evaluations);
  // The two sum the centroid in another order.
  for (std::size_t k = 0; k < c.evaluations; ++k)
    ASSERT_LE(gap(theirs[k], ours[k]), 1e-9) << "evaluation " << k;
}

TEST(NloptBridge, IsNloptBitForBit) {
  for (const char* problem : {"quadratic", "dense_quadratic", "coupled", "rosenbrock", "net"})
    for (const int history : {3, 10}) {
      const Objective objective = problem_named(problem);
      const Answer direct = nlopt(NLOPT_LD_LBFGS, objective, [&](nlopt_opt opt) {
        nlopt_set_vector_storage(opt, static_cast<unsigned>(history));
      });
      Host host("nlopt_lbfgs", objective, {{"history", history}});
      EXPECT_EQ(host.run(), RAVINE_CONVERGED) << problem;
      EXPECT_EQ(host.oracle.points, direct.points) << problem << ", history " << history;
      EXPECT_GT(direct.points.size(), 5U) << problem;
      // PLIS ends at its last point, the bridge at the best: within f's rounding of one another.
      double best = HUGE_VAL;
      for (const auto& point : direct.points) best = std::min(best, objective.f(point, {}));
      EXPECT_EQ(host.f(), best) << problem << ", history " << history;
      EXPECT_LE(gap(direct.x, host.x, 1), 1e-7) << problem << ", history " << history;
    }
}

// Other algorithms of the same families end at the same minimum of Rosenbrock's function: PLIS
// stops at max |g_i| <= 1e-8, and the smallest eigenvalue is 0.4.
TEST(NloptMinimizers, EndAtOurMinimumOfRosenbrocksFunction) {
  const std::pair<nlopt_algorithm, const char*> kPairs[] = {
      {NLOPT_LD_LBFGS, "lbfgs"}, {NLOPT_LD_VAR2, "bfgs"}, {NLOPT_LD_TNEWTON, "trust_region"}};
  for (const auto& [algorithm, plugin] : kPairs) {
    const Answer theirs = nlopt(algorithm, rosenbrock(), [](nlopt_opt) {});
    Host host(plugin, rosenbrock());
    for (int k = 0; k < 200; ++k)
      if (host.step() != RAVINE_OK) break;
    EXPECT_LE(gap(host.x, theirs.x), 1e-7) << plugin;
  }
}

}  // namespace
