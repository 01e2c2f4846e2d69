// The collection's constants mu and L: the ends of the Hessian's spectrum at the minimizer.
#include <gtest/gtest.h>

#include "problems/facts.hpp"
#include "problems/formula/curvature.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

struct Ends {
  const char* family;
  double n;  ///< 0: the paper's
  double mu, L;
};

// From the formulas of reference/least_squares*.py, Hessians and eigenvalues in 60 digits.
constexpr Ends kEnds[] = {
    {"freudenstein_roth", 0, 2.90043207562, 3729.09956792},
    {"brown_badly_scaled", 0, 2.0, 2.0e+12},
    {"beale", 0, 0.301463646522, 48.9797863535},
    {"jennrich_sampson", 0, 4484.24720364, 135786.041756},
    {"helical_valley", 0, 1.43276343223, 707.173154779},
    {"bard", 0, 0.00741052036434, 33.5626795605},
    {"gaussian_fit", 0, 0.139654363173, 7.16168936075},
    {"gulf", 0, 1.36039103387e-5, 94.7450402003},
    {"box_3d", 0, 0.00091158512748, 7.60402319999},
    {"wood", 0, 0.719568084318, 1005.92492773},
    {"kowalik_osborne", 0, 0.00289734661212, 8.84759564646},
    {"brown_dennis", 0, 1230.66845519, 93031.7947829},
    {"osborne_1", 0, 3.88656537929e-5, 95295.2588575},
    {"biggs_exp6", 0, 9.35080791628e-6, 12.0158953989},
    {"watson", 6, 0.00281005215171, 240.094137222},
    {"watson", 9, 3.15990198289e-7, 539.421643598},
    {"extended_rosenbrock", 0, 0.399360767488, 1001.60063923},
    {"penalty_1", 4, 7.9997600204e-5, 2.0001999928},
    {"penalty_2", 4, 3.06987056574e-6, 17.9277444987},
    {"variably_dimensioned", 10, 2.0, 772.0},
    {"brown_almost_linear", 10, 0.0168079096884, 237.98319209},
    {"discrete_boundary_value", 10, 0.0216116899525, 31.0818978811},
    {"discrete_integral", 10, 2.01699726675, 3.35221963362},
    {"broyden_tridiagonal", 10, 15.5814946145, 149.502924388},
    {"broyden_banded", 10, 44.7563245299, 144.816246434},
    {"chebyquad", 9, 0.0632583717998, 99.1803871236},
};

// Singular, or with a mu below the rounding of L: 2e-8 beside 2e10 and 0.02 beside 2e14.
constexpr Ends kSingular[] = {
    {"powell_badly_scaled", 0, 0, 16584381691.6},
    {"meyer", 0, 0, 2.47283704064e+14},
    {"powell_singular", 0, 0, 202.0},
    {"linear_rank_1", 10, 0, 2209900.0},
    {"linear_rank_1_zeros", 10, 0, 1197912.0},
};

std::map<std::string, double> constants_of(const Ends& ends) {
  DataSets none;
  const Given given = ends.n > 0 ? Given{{"n", number(ends.n)}} : Given{};
  return make(ends.family, given, {}, none)->facts().constants;
}

TEST(Curvature, IsThatOfTheHessianAtTheMinimizer) {
  for (const Ends& ends : kEnds) {
    SCOPED_TRACE(ends.family);
    const auto known = constants_of(ends);
    ASSERT_TRUE(known.contains("mu"));
    // Twelve digits are given; minimizer and Hessian are rounded to doubles, relative to L.
    const double rounding = 20 * known.at("n") * kUnitRoundoff * ends.L;
    EXPECT_NEAR(known.at("mu"), ends.mu, 1e-11 * ends.mu + rounding);
    EXPECT_NEAR(known.at("L"), ends.L, 1e-11 * ends.L + rounding);
    EXPECT_EQ(known.at("kappa"), known.at("L") / known.at("mu"));
  }
}

TEST(Curvature, HasNoSmallestOneWhereTheHessianIsAsGoodAsSingular) {
  for (const Ends& ends : kSingular) {
    SCOPED_TRACE(ends.family);
    const auto known = constants_of(ends);
    EXPECT_NEAR(known.at("L"), ends.L, 1e-11 * ends.L);
    EXPECT_FALSE(known.contains("mu"));
    EXPECT_FALSE(known.contains("kappa"));
  }
}

TEST(Curvature, IsLeftOutWhereItIsNotCheapOrNoMinimizerIsKnown) {
  const auto has_any = [](const char* family, double n) {
    return constants_of({family, n, 0, 0}).contains("L");
  };
  EXPECT_TRUE(has_any("broyden_banded", kCurvatureLimit));
  EXPECT_FALSE(has_any("broyden_banded", kCurvatureLimit + 1));
}

}  // namespace
}  // namespace ravine::problems::testing
