// Newton's method and the secant method against GSL's solvers of equations, given g(x) = 0.
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_multiroots.h>
#include <gsl/gsl_roots.h>

#include "tests/plugins/libraries/gsl.hpp"

namespace {

using namespace ravine::test;

int slopes(const gsl_vector* x, void* asked, gsl_vector* g) {
  gsl_df(x, asked, g);
  return GSL_SUCCESS;
}
int hessian(const gsl_vector* x, void* asked, gsl_matrix* h) {
  EXPECT_EQ(h->tda, x->size);
  static_cast<Asked*>(asked)->objective.hessian({x->data, x->size}, {h->data, x->size * x->size});
  return GSL_SUCCESS;
}
int both(const gsl_vector* x, void* asked, gsl_vector* g, gsl_matrix* h) {
  slopes(x, asked, g);
  return hessian(x, asked, h);
}

// Newton's steps with a damping, which is added to H, are linear far from convergence: 100 of them.
// Without it they end in a few, as many as there are to rounding.
struct Case {
  const char* problem;
  double damping;
  int steps;
};
constexpr Case kCases[] = {{"dense_quadratic", 0, 1},
                           {"dense_quadratic", 20, 100},
                           {"coupled", 0, 1},
                           {"coupled", 20, 100},
                           {"rosenbrock", 0, 6},
                           {"rosenbrock", 100, 100},
                           {"net", 0, 2},
                           {"net", 0.5, 100}};

class GslNewton : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Libraries, GslNewton, testing::ValuesIn(kCases), [](const auto& tested) {
  return std::string(tested.param.problem) + (tested.param.damping > 0 ? "_damped" : "");
});

TEST_P(GslNewton, TakesTheStepsOfThePureForm) {
  const Case& c = GetParam();
  const Objective objective = problem_named(c.problem);
  Asked asked(objective);
  asked.objective.hessian = [&](std::span<const double> x, std::span<double> h) {
    objective.hessian(x, h);
    for (std::size_t i = 0; i < x.size(); ++i) h[i * (x.size() + 1)] += c.damping;
  };
  gsl_set_error_handler_off();
  gsl_multiroot_function_fdf f{&slopes, &hessian, &both, asked.n(), &asked};
  const std::unique_ptr<gsl_multiroot_fdfsolver, Free<&gsl_multiroot_fdfsolver_free>> solver(
      gsl_multiroot_fdfsolver_alloc(gsl_multiroot_fdfsolver_newton, asked.n()));
  const auto start = gsl_vector_const_view_array(objective.start.data(), asked.n());
  gsl_multiroot_fdfsolver_set(solver.get(), &f, &start.vector);
  Host host("newton", objective, {{"form", 3}, {"damping", c.damping}});
  for (int k = 1; k <= c.steps; ++k) {
    host.steps(1);
    ASSERT_EQ(gsl_multiroot_fdfsolver_iterate(solver.get()), GSL_SUCCESS);
    // Two factorizations of one matrix: its condition, 1e3 in Rosenbrock's valley and more on the
    // net at its start, times rounding.
    ASSERT_LE(gap(host.x, copy_of(solver->x)), 1e-12) << "step " << k;
  }
}

// f = x^4 / 4 + e^x, f' = x^3 + e^x, and f'' for the first step of GSL's, which is Newton's.
double slope(double x, void*) { return x * x * x + std::exp(x); }
double curvature(double x, void*) { return 3 * x * x + std::exp(x); }
void slope_and_curvature(double x, void*, double* g, double* h) {
  *g = slope(x, nullptr);
  *h = curvature(x, nullptr);
}
Objective one_variable() {
  return {{2.0}, [](std::span<const double> x, std::span<double> g) {
            if (!g.empty()) g[0] = slope(x[0], nullptr);
            return x[0] * x[0] * x[0] * x[0] / 4 + std::exp(x[0]);
          }};
}

TEST(GslSecant, TakesTheSameStepsFromTheSameTwoPoints) {
  gsl_set_error_handler_off();
  const std::unique_ptr<gsl_root_fdfsolver, Free<&gsl_root_fdfsolver_free>> solver(
      gsl_root_fdfsolver_alloc(gsl_root_fdfsolver_secant));
  gsl_function_fdf f{&slope, &curvature, &slope_and_curvature, nullptr};
  gsl_root_fdfsolver_set(solver.get(), &f, 2);
  Host host("secant", one_variable(), {{"first_step", slope(2, nullptr) / curvature(2, nullptr)}});
  int k = 0;
  for (; k < 30 && std::fabs(slope(host.x[0], nullptr)) > 1e-13; ++k) {
    host.steps(1);
    ASSERT_EQ(gsl_root_fdfsolver_iterate(solver.get()), GSL_SUCCESS);
    // GSL updates 1 / f'' by another formula; the last differences of slopes have some five digits
    // left, but multiply steps below 1e-6 then.
    ASSERT_NEAR(host.x[0], gsl_root_fdfsolver_root(solver.get()), 1e-12) << "step " << k;
  }
  EXPECT_GE(k, 8);
  EXPECT_LT(k, 30);
}

}  // namespace
