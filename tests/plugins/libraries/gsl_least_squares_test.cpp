// Levenberg-Marquardt against GSL's two. multifit_nlinear has Nielsen's update of the damping, the
// same first one (1e-3 of the largest entry of J'J in D's units) and the same three scalings; it
// takes any step that lowers f (acceptance = 0). multifit's lmsder and lmder are MINPACK's: a trust
// region of at first 100 |D x|, in More's scaling or none. Both count an iteration at a step taken;
// ours counts every trial.
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_multifit_nlin.h>
#include <gsl/gsl_multifit_nlinear.h>

#include "tests/plugins/libraries/gsl.hpp"

namespace {

using namespace ravine::test;

// GSL wants as many residuals as variables: zeros are added, which change nothing.
int residuals(const gsl_vector* x, void* objective, gsl_vector* r) {
  const SumOfSquares& squares = static_cast<Objective*>(objective)->squares;
  gsl_vector_set_zero(r);
  squares.residuals({x->data, x->size}, {r->data, squares.count});
  return GSL_SUCCESS;
}
int jacobian(const gsl_vector* x, void* objective, gsl_matrix* j) {
  const SumOfSquares& squares = static_cast<Objective*>(objective)->squares;
  EXPECT_EQ(j->tda, x->size);
  gsl_matrix_set_zero(j);
  squares.jacobian({x->data, x->size}, {j->data, squares.count * x->size});
  return GSL_SUCCESS;
}

int both(const gsl_vector* x, void* objective, gsl_vector* r, gsl_matrix* j) {
  residuals(x, objective, r);
  return jacobian(x, objective, j);
}

// The squares of sqrt(lambda_i) (x_i - i - 2): a minimum that is not 0, towards which rounding
// errors would grow as 1 / mu.
Objective quadratic() {
  Objective q = diagonal_quadratic(spread_eigenvalues());
  const std::vector<double> lambda = spread_eigenvalues();
  q.squares = {lambda.size(), 0.5,
               [lambda](auto x, auto r) {
                 for (std::size_t i = 0; i < lambda.size(); ++i)
                   r[i] = std::sqrt(lambda[i]) * (x[i] - static_cast<double>(i) - 2);
               },
               [lambda](auto, auto j) {
                 std::fill(j.begin(), j.end(), 0.0);
                 for (std::size_t i = 0; i < lambda.size(); ++i)
                   j[i * lambda.size() + i] = std::sqrt(lambda[i]);
               }};
  return q;
}

// The net and 0.1 x: 18 residuals of 13 variables. Without them the step of a trust region that
// does not bind is not unique: MINPACK's and ours leave out other columns of J.
Objective decayed_net() {
  Objective net = small_net();
  const SumOfSquares of_net = net.squares;
  const std::size_t n = net.start.size();
  net.squares.count += n;
  net.squares.residuals = [=](std::span<const double> x, std::span<double> r) {
    of_net.residuals(x, r.first(of_net.count));
    for (std::size_t i = 0; i < n; ++i) r[of_net.count + i] = 0.1 * x[i];
  };
  net.squares.jacobian = [=](std::span<const double> x, std::span<double> j) {
    std::fill(j.begin(), j.end(), 0.0);
    of_net.jacobian(x, j.first(of_net.count * n));
    for (std::size_t i = 0; i < n; ++i) j[(of_net.count + i) * n + i] = 0.1;
  };
  return net;
}

std::size_t residual_count(const Objective& objective) {
  return std::max(objective.start.size(), objective.squares.count);
}

Points nlinear(Objective objective, const gsl_multifit_nlinear_scale* scale) {
  gsl_set_error_handler_off();
  const std::size_t n = objective.start.size();
  const std::size_t m = residual_count(objective);
  auto settings = gsl_multifit_nlinear_default_parameters();
  settings.trs = gsl_multifit_nlinear_trs_lm;
  settings.scale = scale;
  settings.solver = gsl_multifit_nlinear_solver_qr;
  const std::unique_ptr<gsl_multifit_nlinear_workspace, Free<&gsl_multifit_nlinear_free>> fit(
      gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &settings, m, n));
  gsl_multifit_nlinear_fdf f{};
  f.f = &residuals;
  f.df = &jacobian;
  f.n = m;
  f.p = n;
  f.params = &objective;
  const auto start = gsl_vector_const_view_array(objective.start.data(), n);
  gsl_multifit_nlinear_init(&start.vector, &f, fit.get());
  Points path;
  while (path.size() < 100 && gsl_multifit_nlinear_iterate(fit.get()) == GSL_SUCCESS)
    path.push_back(copy_of(fit->x));
  return path;
}

Points minpack(Objective objective, const gsl_multifit_fdfsolver_type* type) {
  gsl_set_error_handler_off();
  const std::size_t n = objective.start.size();
  const std::size_t m = residual_count(objective);
  const std::unique_ptr<gsl_multifit_fdfsolver, Free<&gsl_multifit_fdfsolver_free>> solver(
      gsl_multifit_fdfsolver_alloc(type, m, n));
  gsl_multifit_function_fdf f{};
  f.f = &residuals;
  f.df = &jacobian;
  f.fdf = &both;
  f.n = m;
  f.p = n;
  f.params = &objective;
  const auto start = gsl_vector_const_view_array(objective.start.data(), n);
  gsl_multifit_fdfsolver_set(solver.get(), &f, &start.vector);
  Points path;
  while (path.size() < 100 && gsl_multifit_fdfsolver_iterate(solver.get()) == GSL_SUCCESS)
    path.push_back(copy_of(solver->x));
  return path;
}

// Ours runs through the first iterates of `path`, one after the other.
template <class Case>
void expect_to_follow(const Points& path, const Case& c, const Objective& objective,
                      const Settings& settings) {
  ASSERT_GE(path.size(), c.iterates);
  Host host("levenberg_marquardt", objective, settings);
  for (std::size_t k = 0; k < c.iterates; ++k) {
    const std::vector<double> before = host.x;
    for (int trial = 0; trial < 30 && host.x == before; ++trial) host.steps(1);
    ASSERT_LE(gap(path[k], host.x), c.tolerance) << "step " << k + 1;
  }
}

double choice(const char* parameter, const char* name) {
  const Host host("levenberg_marquardt", rosenbrock());
  return index_of_choice(*host.optimizer, parameter, name);
}

// All iterates but the last few, where rounding decides, are compared, up to 100. With D at x
// itself a saturated unit of the net has next to none, and each step magnifies roundings some three
// times: 1e-12 after 12 steps, 1e-7 after 20. The decayed net's valley doubles them in every two
// steps with D = I or with a trust region, whose lambda is found to a tenth only.
struct NlinearCase {
  const char* name;
  Objective (*objective)();
  const char* scaling;
  const gsl_multifit_nlinear_scale* const* scale;
  std::size_t iterates;
  double tolerance = 1e-11;
};
const NlinearCase kNlinear[] = {
    {"quadratic_more", &quadratic, "more", &gsl_multifit_nlinear_scale_more, 4},
    {"quadratic_marquardt", &quadratic, "marquardt", &gsl_multifit_nlinear_scale_marquardt, 4},
    {"quadratic_levenberg", &quadratic, "identity", &gsl_multifit_nlinear_scale_levenberg, 6},
    {"rosenbrock_more", &rosenbrock, "more", &gsl_multifit_nlinear_scale_more, 18},
    {"rosenbrock_marquardt", &rosenbrock, "marquardt", &gsl_multifit_nlinear_scale_marquardt, 24},
    {"rosenbrock_levenberg", &rosenbrock, "identity", &gsl_multifit_nlinear_scale_levenberg, 16},
    {"net_more", &small_net, "more", &gsl_multifit_nlinear_scale_more, 15},
    {"net_marquardt", &small_net, "marquardt", &gsl_multifit_nlinear_scale_marquardt, 12},
    {"net_levenberg", &small_net, "identity", &gsl_multifit_nlinear_scale_levenberg, 14},
    {"decayed_net_more", &decayed_net, "more", &gsl_multifit_nlinear_scale_more, 100},
    {"decayed_net_levenberg", &decayed_net, "identity", &gsl_multifit_nlinear_scale_levenberg, 80,
     1e-9}};

class GslNlinear : public testing::TestWithParam<NlinearCase> {};
INSTANTIATE_TEST_SUITE_P(Libraries, GslNlinear, testing::ValuesIn(kNlinear),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST_P(GslNlinear, TakesTheStepsOfNielsensUpdate) {
  const NlinearCase& c = GetParam();
  const Objective objective = c.objective();
  expect_to_follow(nlinear(objective, *c.scale), c, objective,
                   {{"update", choice("update", "nielsen")},
                    {"scaling", choice("scaling", c.scaling)},
                    {"initial_damping", 1e-3},
                    {"acceptance", 0}});
}

struct MinpackCase {
  const char* name;
  Objective (*objective)();
  const char* scaling;
  const gsl_multifit_fdfsolver_type* const* type;
  std::size_t iterates;
  double tolerance = 1e-11;
};
const MinpackCase kMinpack[] = {
    {"quadratic_lmsder", &quadratic, "more", &gsl_multifit_fdfsolver_lmsder, 1},
    {"quadratic_lmder", &quadratic, "identity", &gsl_multifit_fdfsolver_lmder, 1},
    {"rosenbrock_lmsder", &rosenbrock, "more", &gsl_multifit_fdfsolver_lmsder, 14},
    {"rosenbrock_lmder", &rosenbrock, "identity", &gsl_multifit_fdfsolver_lmder, 14},
    {"decayed_net_lmsder", &decayed_net, "more", &gsl_multifit_fdfsolver_lmsder, 40, 1e-9},
    {"decayed_net_lmder", &decayed_net, "identity", &gsl_multifit_fdfsolver_lmder, 60, 1e-9}};

class GslMinpack : public testing::TestWithParam<MinpackCase> {};
INSTANTIATE_TEST_SUITE_P(Libraries, GslMinpack, testing::ValuesIn(kMinpack),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST_P(GslMinpack, TakesTheStepsOfTheTrustRegion) {
  const MinpackCase& c = GetParam();
  const Objective objective = c.objective();
  expect_to_follow(minpack(objective, *c.type), c, objective,
                   {{"update", choice("update", "trust_region")},
                    {"scaling", choice("scaling", c.scaling)},
                    {"initial_radius", 100},
                    {"acceptance", 1e-4}});
}

}  // namespace
