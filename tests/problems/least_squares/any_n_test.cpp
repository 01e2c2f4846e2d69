// Problems 21 to 35 of Moré, Garbow and Hillstrom's collection where n is not the tables' in
// reference/: minima that are computed, and shapes that are refused.
#include <gtest/gtest.h>

#include <cmath>

#include "problems/facts.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

std::unique_ptr<Problem> member(const std::string& family, const Given& given = {}) {
  DataSets none;
  return make(family, given, {}, none);
}

// First entries of the roots for n = 10, by Newton's method in 60 digits.
TEST(CollectionAnyN, RootsOfBandedSystemsHaveTheirDigits) {
  EXPECT_NEAR(member("broyden_tridiagonal")->facts().x_star[0], -.57072213201122479, 2e-16);
  EXPECT_NEAR(member("broyden_banded")->facts().x_star[0], -.42830286358725027, 2e-16);
}

TEST(CollectionAnyN, RootsOfBandedSystemsAreRootsForLargeN) {
  for (const std::string family : {"broyden_tridiagonal", "broyden_banded"}) {
    const auto problem = member(family, {{"n", number(100000)}});
    // Residuals of some roundings of terms about one.
    EXPECT_LT(value(*problem, {}, problem->facts().x_star), 1e5 * 1e-30) << family;
  }
}

// The integral equation is the boundary value problem solved for x: they have one root.
TEST(CollectionAnyN, DiscreteProblemsShareTheirRoot) {
  const auto differences = member("discrete_boundary_value", {{"n", number(30)}});
  const auto integral = member("discrete_integral", {{"n", number(30)}});
  EXPECT_EQ(differences->facts().x_star, integral->facts().x_star);
  EXPECT_LT(value(*integral, {}, integral->facts().x_star), 1e-30);
}

// m (m - 1) / (2 (2 m + 1)) and (m^2 + 3 m - 6) / (2 (2 m - 3)).
TEST(CollectionAnyN, LinearMinimaAreThePapers) {
  const Given ten = {{"n", number(5)}, {"m", number(10)}};
  const Given hundred = {{"n", number(5)}, {"m", number(100)}};
  EXPECT_DOUBLE_EQ(*member("linear_rank_1", ten)->facts().f_star, 2.142857142857143);
  EXPECT_DOUBLE_EQ(*member("linear_rank_1", hundred)->facts().f_star, 24.62686567164179);
  EXPECT_DOUBLE_EQ(*member("linear_rank_1_zeros", ten)->facts().f_star, 3.647058823529412);
  EXPECT_DOUBLE_EQ(*member("linear_rank_1_zeros", hundred)->facts().f_star, 26.126903553299492);
  EXPECT_EQ(*member("linear_full_rank", hundred)->facts().f_star, 95);
}

// Eigenvalues .39936 and 1001.6 for every pair; J'J = I.
TEST(CollectionAnyN, ConditionNumbersAreThePapers) {
  const auto pairs = member("extended_rosenbrock");
  EXPECT_NEAR(pairs->facts().constants.at("mu"), .39936, 1e-5);
  EXPECT_NEAR(pairs->facts().constants.at("kappa"), 2508.0096, 1e-4);
  const auto linear = member("linear_full_rank");
  const Vector v = {1, -2, 3, 0, 0, 1, 4, 0, -1, 2};
  const Vector hv = hessian_vector(*linear, {}, linear->facts().x0, v);
  EXPECT_LT(max_norm(plus(hv, -linear->facts().constants.at("L"), v)), 1e-14);
}

// Published: 2.24997e-5 for n = 4 and 7.08765e-5 for n = 10.
TEST(CollectionAnyN, PenaltyOneIsSolvedForAnyN) {
  EXPECT_NEAR(*member("penalty_1", {{"n", number(4)}})->facts().f_star, 2.2499775008999370057e-5,
              1e-20);
  const auto large = member("penalty_1", {{"n", number(1000)}});
  EXPECT_NEAR(value(*large, {}, large->facts().x_star), *large->facts().f_star, 1e-15);
  EXPECT_LT(max_norm(gradient(*large, {}, large->facts().x_star)), 1e-14);
}

// The collection gives 6.50395e-3 for n = 10, a local minimum.
TEST(CollectionAnyN, ChebyquadOfTenHasALowerMinimumThanThePapers) {
  const auto problem = member("chebyquad", {{"n", number(10)}});
  EXPECT_NEAR(*problem->facts().f_star, 4.7727e-3, 1e-7);
  EXPECT_NEAR(problem->facts().landmarks[0].f, 6.50395e-3, 1e-8);
  EXPECT_FALSE(member("chebyquad", {{"n", number(12)}})->facts().f_star.has_value());
}

TEST(CollectionAnyN, ShapesThatDoNotFitAreRefused) {
  EXPECT_THROW(member("extended_rosenbrock", {{"n", number(7)}}), ProblemError);
  EXPECT_THROW(member("extended_powell_singular", {{"n", number(6)}}), ProblemError);
  EXPECT_THROW(member("linear_rank_1", {{"n", number(21)}}), ProblemError);
}

// f(x0) as they are known.
TEST(CollectionAnyN, StartsHaveTheirValues) {
  const auto start = [](const std::string& family, const Given& given) {
    const auto problem = member(family, given);
    return value(*problem, {}, problem->facts().x0);
  };
  const auto expect = [](double found, double known) { EXPECT_NEAR(found, known, 1e-12 * known); };
  expect(start("extended_rosenbrock", {}), 121);
  expect(start("extended_powell_singular", {}), 645);
  expect(start("penalty_1", {{"n", number(4)}}), 885.06264);
  expect(start("penalty_1", {}), 148032.56535);
  expect(start("penalty_2", {{"n", number(4)}}), 2.340008805463024);
  expect(start("penalty_2", {}), 162.6527765659671);
  expect(start("variably_dimensioned", {}), 2198551.1625);
  expect(start("trigonometric", {}), .007075759466220886);
  expect(start("brown_almost_linear", {}), 273.2480478286743);
  expect(start("discrete_boundary_value", {}), 7.8851910126482e-4);
  expect(start("discrete_integral", {}), .06341684157945265);
  expect(start("broyden_tridiagonal", {}), 21);
  expect(start("broyden_banded", {}), 360);
  expect(start("linear_full_rank", {}), 50);
  expect(start("linear_rank_1", {}), 8658670);
  expect(start("linear_rank_1_zeros", {}), 4067996);
  expect(start("chebyquad", {}), .03861769828593027);
  expect(start("chebyquad", {{"n", number(10)}}), .03376326546288008);
}

}  // namespace
}  // namespace ravine::problems::testing
