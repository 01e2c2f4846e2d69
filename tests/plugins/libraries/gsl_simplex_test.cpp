// nelder_mead against GSL's nmsimplex2, evaluation by evaluation. Both reflect, expand, contract
// and shrink by 1, 2, 1/2, 1/2. They differ in one rule: GSL keeps the expanded point wherever it
// lies below the best vertex, as Nelder and Mead (1965) had it, ours only where it lies below the
// reflected one, as Lagarias et al. (1998) have it. The runs are the same up to the first expansion
// that this decides otherwise, and no further.
#include "tests/plugins/libraries/gsl.hpp"
#include "tests/plugins/libraries/simplex.hpp"

namespace {

using namespace ravine::test;

Points nmsimplex2(const Objective& objective, std::size_t evaluations) {
  gsl_set_error_handler_off();
  Asked asked(objective);
  const std::vector<double> edges = first_edges(objective.start);
  const std::unique_ptr<gsl_multimin_fminimizer, Free<&gsl_multimin_fminimizer_free>> minimizer(
      gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, asked.n()));
  gsl_multimin_function f{&gsl_f, asked.n(), &asked};
  const auto start = gsl_vector_const_view_array(objective.start.data(), asked.n());
  const auto steps = gsl_vector_const_view_array(edges.data(), asked.n());
  gsl_multimin_fminimizer_set(minimizer.get(), &f, &start.vector, &steps.vector);
  while (asked.points.size() < evaluations)
    if (gsl_multimin_fminimizer_iterate(minimizer.get()) != GSL_SUCCESS) break;
  return asked.points;
}

// The points that ours tries, up to the first expansion with f_r <= f_e < f of the best vertex and
// the point after it.
Points up_to_greedy_expansion(const Objective& objective) {
  Host host("nelder_mead", objective);
  const Points& points = host.oracle.points;
  host.steps(1);
  for (int k = 1; k < 400; ++k) {
    const double best = host.f();
    const std::size_t r = points.size();
    host.steps(1);
    const double f_r = objective.f(points[r], {});
    if (!(f_r < best)) continue;
    const double f_e = objective.f(points[r + 1], {});
    if (f_r <= f_e && f_e < best) {
      host.steps(1);
      return {points.begin(), points.begin() + static_cast<std::ptrdiff_t>(r + 3)};
    }
  }
  return {};
}

class GslSimplex : public testing::TestWithParam<std::pair<const char*, std::size_t>> {};
// At least so many evaluations are the same.
INSTANTIATE_TEST_SUITE_P(Libraries, GslSimplex,
                         testing::Values(std::pair{"quadratic", 100}, std::pair{"coupled", 70},
                                         std::pair{"dense_quadratic", 300},
                                         std::pair{"rosenbrock", 100}, std::pair{"net", 180}),
                         [](const auto& tested) { return std::string(tested.param.first); });

TEST_P(GslSimplex, TriesTheSamePointsUpToTheFirstGreedyExpansion) {
  const auto& [problem, at_least] = GetParam();
  const Objective objective = problem_named(problem);
  const Points ours = up_to_greedy_expansion(objective);
  ASSERT_GT(ours.size(), at_least);
  const Points theirs = nmsimplex2(objective, ours.size());
  ASSERT_GE(theirs.size(), ours.size());
  // GSL keeps the centroid by updates: roundings of the simplex's first size stay in it, while it
  // shrinks 1e3 times.
  const std::size_t last = ours.size() - 1;
  for (std::size_t k = 0; k < last; ++k)
    ASSERT_LE(gap(theirs[k], ours[k]), 1e-9) << "evaluation " << k;
  EXPECT_GT(gap(theirs[last], ours[last]), 1e-6) << "it was not this expansion";
}

}  // namespace
