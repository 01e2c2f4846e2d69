// Gradients, Hessian-vector products and Hessians of every problem against differences, at the
// start and at two drawn points.
//
// The central difference of order 8 errs by O(h^8), which its difference from that of order 6
// bounds, and by rounding, at most K u (F / h + |D|) where F is the largest that was subtracted. K
// counts roundings: 1000 covers sums of a few hundred terms and the library's elementary functions.
// Of several widths the one with the least bound is taken: wide ones for smooth problems, narrow
// ones beside a kink. Each tolerance is checked to be small against what it is compared with.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "problems/facts.hpp"
#include "problems/linear/reduce.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

constexpr double kRoundings = 1000;
constexpr double kWidths[] = {1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2};
constexpr double kSmall = 1e-6;  // tolerances, relative

class Derivatives : public EveryProblem {};

INSTANTIATE_TEST_SUITE_P(Catalogue, Derivatives, ::testing::ValuesIn(all_cases()), case_name);

std::vector<Vector> points(const Problem& problem) {
  const Vector& x0 = problem.facts().x0;
  return {x0, generic_point(problem), plus(x0, 0.1, normal_vector(x0.size(), 10, "second point"))};
}

struct Slope {
  Vector value;
  double tolerance = std::numeric_limits<double>::infinity();  // of each entry
};

/// The derivative at 0 of f: a step -> a vector. By central differences of order 8, whose error is
/// estimated by those of order 6, which agree with them by accident at times, and by the next
/// smaller width.
Slope slope(const std::function<Vector(double)>& f) {
  constexpr double kSix[] = {3.0 / 4, -3.0 / 20, 1.0 / 60, 0};
  constexpr double kEight[] = {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};
  Slope best;
  Vector smaller;  // of the width before
  for (const double h : kWidths) {
    Vector six, eight;
    double magnitude = 0;
    for (int k = 1; k <= 4; ++k) {
      const Vector ahead = f(k * h), behind = f(-k * h);
      six.resize(ahead.size());
      eight.resize(ahead.size());
      magnitude = std::max({magnitude, max_norm(ahead), max_norm(behind)});
      for (std::size_t i = 0; i < ahead.size(); ++i) {
        six[i] += kSix[k - 1] * (ahead[i] - behind[i]) / h;
        eight[i] += kEight[k - 1] * (ahead[i] - behind[i]) / h;
      }
    }
    if (!smaller.empty()) {
      const double bound =
          std::max(max_norm(plus(eight, -1, six)), max_norm(plus(eight, -1, smaller))) +
          kRoundings * kUnitRoundoff * (magnitude / h + max_norm(eight));
      if (bound < best.tolerance) best = {eight, bound};
    }
    smaller = eight;
  }
  return best;
}

TEST_P(Derivatives, GradientIsTheSlopeOfTheValue) {
  const auto problem = make();
  const auto samples = small_batch(problem->facts());
  for (const Vector& x : points(*problem)) {
    const Vector v = normal_vector(x.size(), 6, "direction");
    for (const Objective& objective : objectives(problem->facts(), samples)) {
      const Vector g = gradient(*problem, objective, x);
      const double f = std::abs(value(*problem, objective, x));
      const Slope found =
          slope([&](double step) { return Vector{value(*problem, objective, plus(x, step, v))}; });
      // Where the gradient vanishes, beside the value.
      ASSERT_LE(found.tolerance, kSmall * std::max(std::sqrt(dot(g, g)), f))
          << "stage " << objective.stage;
      EXPECT_NEAR(dot(g, v), found.value[0], found.tolerance) << "stage " << objective.stage;
    }
  }
}

TEST_P(Derivatives, HessianVectorIsTheSlopeOfTheGradient) {
  const auto problem = make();
  ASSERT_TRUE(problem->facts().offers_hessian_vectors);
  const auto samples = small_batch(problem->facts());
  for (const Vector& x : points(*problem)) {
    const Vector v = normal_vector(x.size(), 7, "direction");
    for (const Objective& objective : objectives(problem->facts(), samples)) {
      const Vector hv = hessian_vector(*problem, objective, x, v);
      const double g = max_norm(gradient(*problem, objective, x));
      const Slope found =
          slope([&](double step) { return gradient(*problem, objective, plus(x, step, v)); });
      // Of a linear function the differences vanish too, beside its slope.
      ASSERT_LE(found.tolerance, kSmall * std::max(max_norm(hv), g)) << "stage " << objective.stage;
      EXPECT_LE(max_norm(plus(found.value, -1, hv)), found.tolerance)
          << "stage " << objective.stage;
    }
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
