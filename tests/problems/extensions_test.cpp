// Cursors and residuals of every problem that offers them, against its gradient and its
// Hessian-vector products, which derivatives_test.cpp holds against differences.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "problems/facts.hpp"
#include "problems/linear/reduce.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class Extensions : public EveryProblem {};

INSTANTIATE_TEST_SUITE_P(Catalogue, Extensions, ::testing::ValuesIn(all_cases()), case_name);

// Some roundings of the largest term.
constexpr double kTolerance = 100 * kUnitRoundoff;

TEST_P(Extensions, PartialsAreThoseOfTheGradientAndTheHessianWhereTheCursorStands) {
  const auto problem = make();
  const auto samples = small_batch(problem->facts());
  for (const Objective& objective : objectives(problem->facts(), samples)) {
    Vector x = generic_point(*problem);
    const auto cursor = problem->cursor(objective, x);
    ASSERT_EQ(cursor != nullptr, problem->facts().offers_partials);
    if (!cursor) return;
    const std::uint64_t n = x.size();
    for (const std::uint64_t moved : {std::uint64_t{0}, n / 2, n - 1}) {
      ASSERT_EQ(cursor->move(moved, 0.125), Answer::ok);
      x[moved] += 0.125;
      const Vector g = gradient(*problem, objective, x);
      const Vector h = hessian_vector(*problem, objective, x, Vector(n, 1.0));
      const double g_tolerance = kTolerance * (max_norm(g) + max_norm(h));
      for (std::uint64_t i = 0; i < n; ++i) {
        double first = 0, second = 0, alone = 0;
        Vector e(n);
        e[i] = 1;
        const Vector column = hessian_vector(*problem, objective, x, e);
        ASSERT_EQ(cursor->partial(i, &first, &second), Answer::ok);
        EXPECT_NEAR(first, g[i], g_tolerance) << "coordinate " << i;
        EXPECT_NEAR(second, column[i], kTolerance * max_norm(column)) << "coordinate " << i;
        ASSERT_EQ(cursor->partial(i, &alone, nullptr), Answer::ok);
        EXPECT_EQ(alone, first);
        ASSERT_EQ(cursor->partial(i, nullptr, &alone), Answer::ok);
        EXPECT_EQ(alone, second);
      }
    }
  }
}

/// Families that are no sum of squares, or not as they are written; of the perceptron criteria the
/// squared hinge is one.
const std::set<std::string> kNoSquares = {"ackley",
                                          "branin",
                                          "autoencoder",
                                          "bengio_gaussians",
                                          "bengio_shapes",
                                          "cnn_2c2d",
                                          "double_well",
                                          "easom",
                                          "goldstein_price",
                                          "griewank",
                                          "homotopy",
                                          "lessard_recht_packard",
                                          "logistic_regression",
                                          "minimal_surface",
                                          "mlp",
                                          "mlp_curriculum",
                                          "monkey_saddle",
                                          "nesterov_worst",
                                          "perceptron_criterion",
                                          "quadratic_saddle",
                                          "rastrigin",
                                          "resnet",
                                          "rnn",
                                          "reddi_online",
                                          "schwefel",
                                          "sharp_and_broad",
                                          "softmax_regression",
                                          "sparse_coding",
                                          "strict_saddle",
                                          "styblinski_tang",
                                          "three_hump_camel"};

TEST_P(Extensions, ResidualsSquareToTheValueAndTheirJacobianIsOne) {
  const auto problem = make();
  Residuals* residuals = problem->residuals();
  // The objective of infinitely many samples is known to the judge alone.
  ASSERT_FALSE(problem->facts().fresh_samples && residuals != nullptr);
  if (residuals == nullptr) {
    EXPECT_TRUE(problem->facts().fresh_samples || kNoSquares.contains(GetParam().family));
    return;
  }
  const Vector x = generic_point(*problem);
  const std::uint64_t n = x.size(), m = residuals->count();
  Vector r(m), jacobian(m * n), jv(m), uj(n);
  ASSERT_EQ(residuals->residuals(x, r.data()), Answer::ok);
  const double f = value(*problem, {}, x);
  EXPECT_NEAR(residuals->scale() * dot(r, r), f, kTolerance * f);

  // f = s r'r has the gradient 2 s J'r.
  ASSERT_EQ(residuals->vector_jacobian(x, r.data(), uj.data()), Answer::ok);
  const Vector g = gradient(*problem, {}, x);
  for (std::uint64_t i = 0; i < n; ++i)
    EXPECT_NEAR(2 * residuals->scale() * uj[i], g[i], kTolerance * max_norm(g));

  // All three forms are one matrix, and it is the slope of r.
  const Vector v = normal_vector(n, 11, "direction");
  ASSERT_EQ(residuals->jacobian(x, jacobian.data()), Answer::ok);
  ASSERT_EQ(residuals->jacobian_vector(x, v.data(), jv.data()), Answer::ok);
  // Central differences: width and tolerance as in derivatives_test.cpp.
  const auto difference = [&](double h) {
    Vector ahead(m), behind(m);
    EXPECT_EQ(residuals->residuals(plus(x, h, v), ahead.data()), Answer::ok);
    EXPECT_EQ(residuals->residuals(plus(x, -h, v), behind.data()), Answer::ok);
    for (std::uint64_t i = 0; i < m; ++i) ahead[i] = (ahead[i] - behind[i]) / (2 * h);
    return ahead;
  };
  Vector near;
  double tolerance = 0;
  for (const double h : {1e-6, 1e-5, 1e-4, 1e-3, 1e-2}) {
    near = difference(h);
    tolerance =
        max_norm(plus(difference(2 * h), -1, near)) + 1000 * kUnitRoundoff * max_norm(r) / h;
    if (tolerance < 1e-4 * max_norm(jv)) break;
  }
  ASSERT_LT(tolerance, 1e-4 * max_norm(jv));
  for (std::uint64_t i = 0; i < m; ++i) {
    const std::span<const double> row(&jacobian[i * n], n);
    EXPECT_NEAR(dot(row, v), jv[i], kTolerance * max_norm(jv));
    EXPECT_NEAR(jv[i], near[i], tolerance);
  }
  for (std::uint64_t j = 0; j < n; ++j) {
    double sum = 0;
    for (std::uint64_t i = 0; i < m; ++i) sum += jacobian[i * n + j] * r[i];
    EXPECT_NEAR(sum, uj[j], kTolerance * max_norm(uj));
  }
}

}  // namespace
}  // namespace ravine::problems::testing
