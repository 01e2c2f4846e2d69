// Facts of the classical functions beside those that the tables in reference/ hold.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

std::unique_ptr<Problem> classic(const std::string& family, const Given& given = {},
                                 const Instance& instance = {}) {
  DataSets none;
  return make(family, given, instance, none);
}

// At 0 the cone 4 s has no slope, and x / s is taken as 0.
TEST(Classics, AckleyIsDefinedAtItsTip) {
  const auto ackley = classic("ackley", {{"n", number(3)}});
  const Vector zero(3);
  EXPECT_EQ(value(*ackley, {}, zero), 0);
  EXPECT_EQ(gradient(*ackley, {}, zero), zero);
  // Beside it the slope is that of 4 s, s = |x| / sqrt 3, however near.
  const double tiny = 1e-100, slope = 4 / std::sqrt(3.0);
  EXPECT_NEAR(gradient(*ackley, {}, {tiny, 0, 0})[0], slope, 1e-14);
  EXPECT_NEAR(value(*ackley, {}, {tiny, 0, 0}), slope * tiny, 1e-14 * tiny);
}

// The forms that the files choose keep all digits where the textbook's leave none.
TEST(Classics, ValuesNearMinimaKeepTheirDigits) {
  const double h = 1e-12;
  const double griewank = h * h / 4000 + h * h / 2;
  EXPECT_NEAR(value(*classic("griewank", {{"n", number(2)}}), {}, {h, 0}), griewank,
              1e-15 * griewank);
  const double levy =
      h * h / 16 * (std::numbers::pi * std::numbers::pi + 1 + 10 * std::sin(1.0) * std::sin(1.0));
  EXPECT_NEAR(value(*classic("levy"), {}, {1 + h, 1}), levy, 2e-4 * levy);  // 1 + h is rounded
  EXPECT_NEAR(value(*classic("matyas"), {}, {h, h}), 0.04 * h * h, 1e-15 * h * h);
}

TEST(Classics, BraninsMinimumIsExact) {
  EXPECT_NEAR(*classic("branin")->facts().f_star, 0.39788735772973834, 1e-16);
}

// The value in problem sets, 418.9829 n - sum, is 0 to four digits only.
TEST(Classics, SchwefelIsConfinedToItsBox) {
  const auto schwefel = classic("schwefel", {{"n", number(4)}}, {1, 7});
  EXPECT_EQ(schwefel->facts().lower, Vector(4, -500.0));
  EXPECT_EQ(schwefel->facts().upper, Vector(4, 500.0));
  EXPECT_LE(max_norm(schwefel->facts().x0), 500);
  EXPECT_LT(value(*schwefel, {}, Vector(4, 4147.6)), 0) << "there is no minimum without the box";
  EXPECT_EQ(gradient(*schwefel, {}, Vector(4, 0.0)), Vector(4, 0.0));
}

// Condition numbers at the minimizer and the load check of the start.
TEST(Classics, NesterovChebyshevRosenbrockIsAsIllConditionedAsKnown) {
  const auto four = classic("nesterov_chebyshev_rosenbrock");
  EXPECT_EQ(value(*four, {}, four->facts().x0), 1);
  EXPECT_NEAR(four->facts().constants.at("kappa"), 4.0e5, 0.05e5);
  const auto eight = classic("nesterov_chebyshev_rosenbrock", {{"n", number(8)}});
  EXPECT_NEAR(eight->facts().constants.at("kappa"), 2.84e10, 0.005e10);
}

TEST(Classics, EasomIsFlatFarFromItsHole) {
  const auto easom = classic("easom");
  EXPECT_EQ(gradient(*easom, {}, {40, -40}), (Vector{0, 0}));
  EXPECT_LE(max_norm(plus(classic("easom", {}, {1, 3})->facts().x0, -1, easom->facts().x_star)), 3);
}

}  // namespace
}  // namespace ravine::problems::testing
