// Gradients, Hessian-vector products and Hessians of every problem against differences.
//
// A central difference D(h) errs by c h^2 + O(h^4) and by rounding, at most K u F / h where F
// bounds the magnitudes that were subtracted. D(2h) - D(h) = 3 c h^2 to the leading order, so that
// it bounds the first part. K counts roundings: 1000 covers sums of a few hundred terms and the
// library's elementary functions. Each tolerance is checked to be small against what it is compared
// with, with a wider h where F is so large that the first one leaves it no digits.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/linear/reduce.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

constexpr double kRoundings = 1000;
constexpr double kWidths[] = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2};
constexpr double kSmall = 1e-4;  // tolerances, relative

class Derivatives : public EveryProblem {};

INSTANTIATE_TEST_SUITE_P(Catalogue, Derivatives, ::testing::ValuesIn(all_cases()), case_name);

TEST_P(Derivatives, GradientIsTheSlopeOfTheValue) {
  const auto problem = make();
  const auto samples = small_batch(problem->facts());
  const Vector x = generic_point(*problem);
  const Vector v = normal_vector(x.size(), 6, "direction");
  for (const Objective& objective : objectives(problem->facts(), samples)) {
    const auto difference = [&](double step) {
      return (value(*problem, objective, plus(x, step, v)) -
              value(*problem, objective, plus(x, -step, v))) /
             (2 * step);
    };
    const Vector g = gradient(*problem, objective, x);
    const double rounding = kRoundings * kUnitRoundoff * std::abs(value(*problem, objective, x));
    const double scale = std::sqrt(dot(g, g));
    double near = 0, tolerance = 0;
    for (const double h : kWidths) {
      near = difference(h);
      tolerance = std::abs(difference(2 * h) - near) + rounding / h;
      if (tolerance < kSmall * scale) break;
    }
    ASSERT_LT(tolerance, kSmall * scale) << "stage " << objective.stage;
    EXPECT_NEAR(dot(g, v), near, tolerance) << "stage " << objective.stage;
  }
}

TEST_P(Derivatives, HessianVectorIsTheSlopeOfTheGradient) {
  const auto problem = make();
  ASSERT_TRUE(problem->facts().offers_hessian_vectors);
  const auto samples = small_batch(problem->facts());
  const Vector x = generic_point(*problem);
  const Vector v = normal_vector(x.size(), 7, "direction");
  for (const Objective& objective : objectives(problem->facts(), samples)) {
    const auto difference = [&](double step) {
      Vector d = gradient(*problem, objective, plus(x, step, v));
      const Vector back = gradient(*problem, objective, plus(x, -step, v));
      for (std::size_t i = 0; i < d.size(); ++i) d[i] = (d[i] - back[i]) / (2 * step);
      return d;
    };
    const Vector hv = hessian_vector(*problem, objective, x, v);
    const double rounding = kRoundings * kUnitRoundoff * max_norm(gradient(*problem, objective, x));
    // Of a linear function the differences vanish too, beside its slope.
    const double scale =
        max_norm(hv) > 0 ? max_norm(hv) : max_norm(gradient(*problem, objective, x));
    Vector near;
    double tolerance = 0;
    for (const double h : kWidths) {
      near = difference(h);
      tolerance = max_norm(plus(difference(2 * h), -1, near)) + rounding / h;
      if (tolerance < kSmall * scale) break;
    }
    ASSERT_LT(tolerance, kSmall * scale) << "stage " << objective.stage;
    EXPECT_LE(max_norm(plus(near, -1, hv)), tolerance) << "stage " << objective.stage;
  }
}

TEST_P(Derivatives, SeveralHessianVectorsEqualOneByOne) {
  const auto problem = make();
  const std::uint64_t n = problem->facts().n;
  const Vector x = generic_point(*problem);
  const Vector v = normal_vector(3 * n, 8, "directions");
  Vector hv(3 * n);
  ASSERT_EQ(problem->hessian_vectors({}, x, v.data(), 3, hv.data()), Answer::ok);
  for (std::uint64_t k = 0; k < 3; ++k) {
    const auto begin = static_cast<std::ptrdiff_t>(k * n);
    const auto end = static_cast<std::ptrdiff_t>((k + 1) * n);
    const Vector alone =
        hessian_vector(*problem, {}, x, Vector(v.begin() + begin, v.begin() + end));
    EXPECT_EQ(alone, Vector(hv.begin() + begin, hv.begin() + end)) << "vector " << k;
  }
}

TEST_P(Derivatives, HessianTimesVectorIsHessianVector) {
  const auto problem = make();
  const std::uint64_t n = problem->facts().n;
  Vector h(problem->facts().offers_hessian ? n * n : 1);
  const Vector x = generic_point(*problem);
  const Answer answer = problem->hessian({}, x, h.data());
  if (!problem->facts().offers_hessian) {
    EXPECT_EQ(answer, Answer::not_supported);
    return;
  }
  ASSERT_EQ(answer, Answer::ok);
  const Vector v = normal_vector(n, 9, "direction");
  const Vector hv = hessian_vector(*problem, {}, x, v);
  for (std::uint64_t i = 0; i < n; ++i) {
    for (std::uint64_t j = 0; j < i; ++j) ASSERT_EQ(h[i * n + j], h[j * n + i]);
    const std::span<const double> row(&h[i * n], n);
    // Each entry of H errs by some roundings of max |H|; n of them are added.
    EXPECT_NEAR(dot(row, v), hv[i],
                100 * kUnitRoundoff * static_cast<double>(n) * max_norm(h) * max_norm(v));
  }
}

}  // namespace
}  // namespace ravine::problems::testing
