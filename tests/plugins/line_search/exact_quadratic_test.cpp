// The exact search: to the minimizer of a quadratic, by one product or by two gradients; and
// backtracking that halves.
#include "ravine/sdk/line_search/exact_quadratic.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/line_search/lines.hpp"

namespace {

using ravine::sdk::Armijo;
using ravine::sdk::ExactQuadratic;

TEST(ExactQuadratic, EndsWhereTheGradientIsOrthogonalToTheDirection) {
  const auto lambda = ravine::test::spread_eigenvalues();
  std::vector<double> d(lambda.size());
  double slope = 0;
  double curvature = 0;
  for (std::size_t i = 0; i < d.size(); ++i) {
    d[i] = -1 - static_cast<double>(i % 3);
    slope += lambda[i] * d[i];
    curvature += lambda[i] * d[i] * d[i];
  }
  for (const bool products : {false, true}) {
    for (const double first : {1e-3, 1.0, 1e3}) {
      ravine::test::Oracle oracle(ravine::test::diagonal_quadratic(lambda, 5));
      std::vector<double> x = oracle.objective.start;
      std::vector<double> g(x.size());
      double f = oracle.objective.f(x, g);
      ExactQuadratic search(x.size(), products);
      ASSERT_EQ(search.search({oracle.table(), RAVINE_FULL}, x, f, g, d, first), RAVINE_OK);
      EXPECT_TRUE(search.satisfied());
      // A product is exact here; a difference of slopes that cancel to 1e-3 loses three digits.
      EXPECT_NEAR(search.step(), -slope / curvature, 1e-12 * search.step());
      double along = 0;
      for (std::size_t i = 0; i < d.size(); ++i) along += g[i] * d[i];
      EXPECT_NEAR(along, 0, 1e-11 * -slope);
      EXPECT_EQ(oracle.products, products ? 1U : 0U);
      EXPECT_EQ(oracle.points.size(), products ? 1U : 2U);
    }
  }
}

TEST(ExactQuadratic, AsksOnceWhereTheProbeIsTheMinimizer) {
  ravine::test::Search at({"quadratic", [](double a) { return (a - 4) * (a - 4); },
                           [](double a) { return 2 * (a - 4); }});
  ExactQuadratic search(1, false);
  ASSERT_EQ(at.run(search, 4), RAVINE_OK);
  EXPECT_TRUE(search.satisfied());
  EXPECT_EQ(at.x[0], 4);
  EXPECT_EQ(at.oracle.points.size(), 1U);
}

TEST(ExactQuadratic, FallsBackOnBacktrackingWhereTheCurvatureIsNotPositive) {
  // phi = -a - a^2 has no minimizer along the line; Armijo takes the first trial.
  ravine::test::Search at(
      {"concave", [](double a) { return -a - a * a; }, [](double a) { return -1 - 2 * a; }});
  ExactQuadratic search(1, false);
  ASSERT_EQ(at.run(search, 0.5), RAVINE_OK);
  EXPECT_EQ(at.x[0], 0.5);
  EXPECT_FALSE(search.satisfied());
}

TEST(ExactQuadratic, HalvesAStepThatDoesNotLowerF) {
  // sqrt(1 + (a - 3)^2): a Newton step from 0 overshoots to 30 and is halved until f falls.
  const auto f = [](double a) { return std::sqrt(1 + (a - 3) * (a - 3)); };
  ravine::test::Search at(
      {"hyperbola", f, [](double a) { return (a - 3) / std::sqrt(1 + (a - 3) * (a - 3)); }});
  const double before = at.f;
  ExactQuadratic search(1, false);
  ASSERT_EQ(at.run(search, 1e-6), RAVINE_OK);
  EXPECT_FALSE(search.satisfied());
  EXPECT_LT(at.f, before);
  EXPECT_GT(at.oracle.points.size(), 2U);
}

TEST(Armijo, TakesTheFirstOfTheHalvedStepsThatIsLowEnough) {
  // (a - 1)^2 from 0: f <= 1 - 2e-4 a holds for a <= 2 - 2e-4, so 16, 8, 4, 2 are too long.
  ravine::test::Search at({"quadratic", [](double a) { return (a - 1) * (a - 1); },
                           [](double a) { return 2 * (a - 1); }});
  Armijo search(1);
  ASSERT_EQ(at.run(search, 16), RAVINE_OK);
  EXPECT_EQ(at.x[0], 1);
  EXPECT_EQ(search.trials(), 5);

  ravine::test::Search quarters({"quadratic", [](double a) { return (a - 1) * (a - 1); },
                                 [](double a) { return 2 * (a - 1); }});
  Armijo by_quarters(1, {.shrink = 0.25});
  ASSERT_EQ(quarters.run(by_quarters, 16), RAVINE_OK);
  EXPECT_EQ(quarters.x[0], 1);
  EXPECT_EQ(by_quarters.trials(), 3);
}

}  // namespace
