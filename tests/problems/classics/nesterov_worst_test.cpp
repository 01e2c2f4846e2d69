// Nesterov's lower bounds, attained and kept.
#include <gtest/gtest.h>

#include <cmath>

#include "problems/linear/reduce.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

std::unique_ptr<Problem> worst(double n, const std::string& kind, double L, double kappa = 100) {
  DataSets none;
  return make("nesterov_worst",
              {{"n", number(n)}, {"kind", word(kind)}, {"L", number(L)}, {"kappa", number(kappa)}},
              {}, none);
}

// The iterates of Hestenes and Stiefel's conjugate gradients from x0, with exact steps.
std::vector<Vector> conjugate_gradients(Problem& problem, std::size_t steps) {
  std::vector<Vector> path = {problem.facts().x0};
  Vector r = plus(Vector(problem.facts().n), -1, gradient(problem, {}, path[0]));
  Vector d = r;
  for (std::size_t k = 0; k < steps; ++k) {
    const Vector hd = hessian_vector(problem, {}, path.back(), d);
    const double before = dot(r, r), step = before / dot(d, hd);
    path.push_back(plus(path.back(), step, d));
    r = plus(r, -step, hd);
    d = plus(r, dot(r, r) / before, d);
  }
  return path;
}

// Theorem 2.1.7 of the Lectures bounds f(x_m) - f* from below for n = 2 m + 1; the best value in
// the span of the gradients, L / (16 (m + 1)), is what conjugate gradients reach.
TEST(NesterovWorst, ConjugateGradientsReachTheLowerBound) {
  for (const std::size_t m : {5U, 20U, 50U}) {
    const double L = 3;
    const auto problem = worst(static_cast<double>(2 * m + 1), "smooth", L);
    const Vector x = conjugate_gradients(*problem, m).back();
    const double gap = value(*problem, {}, x) - *problem->facts().f_star;
    const double bound = L / (16 * static_cast<double>(m + 1));
    EXPECT_NEAR(gap, bound, 1e-12 * bound) << "m = " << m;
    const double R2 = dot(problem->facts().x_star, problem->facts().x_star);
    const double general = 3 * L * R2 / (32 * std::pow(static_cast<double>(m + 1), 2));
    EXPECT_GE(gap, general);
    EXPECT_LE(gap, 1.14 * general);
  }
}

// Theorem 2.1.13: |x_k - x*|^2 >= q^{2 k} |x_0 - x*|^2, as x_k has no entry beyond the k-th.
TEST(NesterovWorst, StronglyConvexBoundHoldsForConjugateGradients) {
  const auto problem = worst(200, "strongly_convex", 1, 100);
  const double q = 9.0 / 11;
  const std::vector<Vector> path = conjugate_gradients(*problem, 60);
  const Vector& x_star = problem->facts().x_star;
  for (std::size_t k = 0; k < path.size(); ++k) {
    const Vector error = plus(path[k], -1, x_star);
    const double bound = std::pow(q, 2 * static_cast<double>(k)) * dot(x_star, x_star);
    EXPECT_GE(dot(error, error), bound * (1 - 1e-12)) << "k = " << k;
  }
}

// The extreme eigenvalues of tridiag(-1, 2, -1) L / 4, L sin^2(j pi / (2 (n + 1))).
TEST(NesterovWorst, ConditionIsThatOfTheChain) {
  const auto problem = worst(2, "smooth", 4);
  EXPECT_NEAR(problem->facts().constants.at("mu"), 1, 1e-15);
  EXPECT_EQ(problem->facts().constants.at("L"), 4);
  const auto strongly = worst(9, "strongly_convex", 4, 50);
  EXPECT_EQ(strongly->facts().constants.at("mu"), 0.08);
  EXPECT_EQ(strongly->facts().constants.at("kappa"), 50);
}

}  // namespace
}  // namespace ravine::problems::testing
