// Conjugate gradients, BFGS and steepest descent against GSL's multimin. Their line searches are
// others (Brent's without slopes; Fletcher's), but all are exact on a quadratic, ours with
// line_search = exact_quadratic: there the iterates are one sequence,
// whatever the formula for beta. GSL's steepest_descent is no
// such method: it has no line search, but a step that doubles and is cut.
#include "tests/plugins/libraries/gsl.hpp"

namespace {

using namespace ravine::test;

constexpr double kExact = 4;  // line_search = exact_quadratic

// GSL goes on along a direction as long as the first trial of a search lowers f, an iterate each
// time; the minimum along it is among them. 1e-9 is for the last steps, by when the directions'
// conjugacy has lost some digits (1e-11 were found), and relative to the start's length, because
// the quadratic's minimum is 0.
constexpr double kTolerance = 1e-9;

struct Case {
  const char* name;
  const gsl_multimin_fdfminimizer_type* const* type;
  const char* plugin;
  Settings settings;
};
// BFGS with M0 = I and exact searches is conjugate gradients, and so is L-BFGS with any history.
const Case kCases[] = {
    {"conjugate_fr_is_fletcher_reeves",
     &gsl_multimin_fdfminimizer_conjugate_fr,
     "nonlinear_cg",
     {{"formula", 0}, {"line_search", kExact}}},
    {"conjugate_pr_is_polak_ribiere",
     &gsl_multimin_fdfminimizer_conjugate_pr,
     "nonlinear_cg",
     {{"formula", 1}, {"line_search", kExact}}},
    {"conjugate_pr_is_polak_ribiere_plus",
     &gsl_multimin_fdfminimizer_conjugate_pr,
     "nonlinear_cg",
     {{"formula", 2}, {"line_search", kExact}}},
    {"conjugate_pr_is_hestenes_stiefel",
     &gsl_multimin_fdfminimizer_conjugate_pr,
     "nonlinear_cg",
     {{"formula", 3}, {"line_search", kExact}}},
    {"conjugate_fr_is_dai_yuan",
     &gsl_multimin_fdfminimizer_conjugate_fr,
     "nonlinear_cg",
     {{"formula", 4}, {"line_search", kExact}}},
    {"conjugate_fr_is_linear_cg", &gsl_multimin_fdfminimizer_conjugate_fr, "linear_cg", {}},
    {"vector_bfgs_is_bfgs",
     &gsl_multimin_fdfminimizer_vector_bfgs,
     "bfgs",
     {{"scale_first", 0}, {"line_search", kExact}}},
    {"vector_bfgs2_is_bfgs",
     &gsl_multimin_fdfminimizer_vector_bfgs2,
     "bfgs",
     {{"scale_first", 0}, {"line_search", kExact}}},
    {"vector_bfgs2_is_lbfgs",
     &gsl_multimin_fdfminimizer_vector_bfgs2,
     "lbfgs",
     {{"history", 1}, {"line_search", kExact}}}};

class GslConjugate : public testing::TestWithParam<std::tuple<Case, const char*>> {};
INSTANTIATE_TEST_SUITE_P(Libraries, GslConjugate,
                         testing::Combine(testing::ValuesIn(kCases),
                                          testing::Values("quadratic", "dense_quadratic",
                                                          "coupled")),
                         [](const auto& tested) {
                           return std::string(std::get<0>(tested.param).name) + "_on_" +
                                  std::get<1>(tested.param);
                         });

TEST_P(GslConjugate, MinimizesAlongTheSameDirections) {
  const auto& [c, problem] = GetParam();
  const Objective objective = problem_named(problem);
  GslMinimizer gsl(*c.type, objective, 1, 1e-4);
  Points path;
  while (path.size() < 400 && gsl.iterate() == GSL_SUCCESS && gsl.largest_slope() > 1e-10)
    path.push_back(gsl.x());
  path.push_back(gsl.x());

  Host host(c.plugin, objective, c.settings);
  std::size_t at = 0;
  for (std::size_t k = 1; k <= objective.start.size(); ++k) {
    host.steps(1);
    double nearest = HUGE_VAL;
    while (at < path.size() && nearest > kTolerance)
      nearest = std::min(nearest, gap(host.x, path[at++], 1));
    ASSERT_LE(nearest, kTolerance) << "iterate " << k;
    if (at == path.size()) --at;  // the minimum, which the last steps may both have reached
  }
}

TEST(GslSteepestDescent, IsBfgsBegunAfreshAtEveryStep) {
  // GSL's search needs values that differ: on the other two, whose minima are not 0, up to there.
  for (const auto& [problem, steps] :
       {std::pair{"quadratic", 100}, std::pair{"dense_quadratic", 40}, std::pair{"coupled", 30}}) {
    const Objective objective = problem_named(problem);
    GslMinimizer gsl(gsl_multimin_fdfminimizer_vector_bfgs2, objective, 0.1, 1e-4);
    Host host("steepest_descent", objective, {{"line_search", kExact}});
    for (int k = 1; k <= steps; ++k) {
      host.steps(1);
      gsl.begin_at(gsl.x());
      ASSERT_EQ(gsl.iterate(), GSL_SUCCESS) << problem << ", step " << k;
      // GSL's step comes from differences of values, which lose digits towards the minimum.
      ASSERT_LE(gap(host.x, gsl.x()), 1e-10) << problem << ", step " << k;
    }
  }
}

// Where f is no quadratic the searches lead on different ways to one minimum: to slopes of 1e-10,
// where the smallest eigenvalue is 0.4.
TEST(GslMinimizers, EndAtOurMinimumOfRosenbrocksFunction) {
  for (const Case& c : kCases) {
    if (std::string(c.plugin) == "linear_cg") continue;  // it is for quadratics
    GslMinimizer gsl(*c.type, rosenbrock(), 0.1, 0.1);
    for (int k = 0; k < 1000 && gsl.largest_slope() > 1e-10; ++k)
      if (gsl.iterate() != GSL_SUCCESS) break;
    Settings settings = c.settings;
    settings["line_search"] = 0;
    Host host(c.plugin, rosenbrock(), settings);
    for (int k = 0; k < 1000; ++k)
      if (host.step() != RAVINE_OK) break;
    EXPECT_LE(gap(host.x, gsl.x()), 1e-9) << c.name;
  }
}

}  // namespace
