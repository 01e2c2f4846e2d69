// Minima of the engineering problems of default size, against Newton's method with dense matrices
// in NumPy, written independently of problems/engineering; points and gradients of small ones stand
// in reference/engineering.csv.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

std::unique_ptr<Problem> engineered(const std::string& family, const Given& given = {},
                                    const Instance& instance = {}) {
  DataSets none;
  return make(family, given, instance, none);
}

TEST(Engineering, MinimalSurfacesHaveTheAreasOfTheReference) {
  const auto ten = engineered("minimal_surface");
  EXPECT_NEAR(*ten->facts().f_star, 1.4184694224190824, 1e-14);
  EXPECT_NEAR(ten->facts().x_star[5], -0.1891029010352174, 1e-14);
  const auto twenty = engineered("minimal_surface", {{"side", number(20)}});
  EXPECT_NEAR(*twenty->facts().f_star, 1.420569044516799, 1e-14);
  EXPECT_NEAR(twenty->facts().x_star[10], -0.24165899436015634, 1e-14);
}

// Enneper's surface itself is the limit: at the grid's points the minimizer tends to its heights
// with h^2. By its symmetries it vanishes on the diagonals.
TEST(Engineering, MinimalSurfaceTendsToEnnepers) {
  const auto height = [](double side) {
    const auto problem = engineered("minimal_surface", {{"side", number(side)}});
    const Vector& x = problem->facts().x_star;
    // Over (1/4, 0): grids of 3, 7, 15 inner points have it.
    const auto g = static_cast<std::size_t>(side);
    return x[(3 * (g + 1) / 4 - 1) + g * ((g + 1) / 2 - 1)];
  };
  // u - u^3 / 3 = 1/4 on the axis v = 0, height u^2.
  double u = 0.25;
  for (int k = 0; k < 20; ++k) u -= (u - u * u * u / 3 - 0.25) / (1 - u * u);
  const double coarse = std::abs(height(7) - u * u), fine = std::abs(height(31) - u * u);
  EXPECT_LT(fine, coarse / 12);
  EXPECT_LT(fine, 1e-4);
}

TEST(Engineering, MeshesHaveTheMinimaOfTheReference) {
  const auto robust = engineered("mesh_fitting");
  EXPECT_NEAR(*robust->facts().f_star, 1.7093063471422052, 1e-13);
  EXPECT_NEAR(robust->facts().x_star[0], 0.8642611011454218, 1e-11);
  EXPECT_NEAR(robust->facts().x_star[77], 0.2973130263870654, 1e-11);
  const auto squared = engineered("mesh_fitting", {{"loss", word("squared")}});
  EXPECT_NEAR(*squared->facts().f_star, 5.976016605383894, 1e-13);
  EXPECT_NEAR(squared->facts().x_star[77], 0.2997263841369702, 1e-11);
}

// 1 / sqrt(1 + (r/d)^2) is the weight of a measurement: one that is 1/2 off hardly pulls.
TEST(Engineering, OutliersPullTheRobustMeshLess) {
  const Given clean = {{"outlier_every", number(0)}};
  Given squared = {{"loss", word("squared")}};
  const auto shift = [&](Given given) {
    const auto with = engineered("mesh_fitting", given);
    given.insert(clean.begin(), clean.end());
    const auto without = engineered("mesh_fitting", given);
    return max_norm(plus(with->facts().x_star, -1, without->facts().x_star));
  };
  EXPECT_LT(3 * shift({}), shift(squared));
}

TEST(Engineering, MeasurementsFollowTheSeedButForInstanceZero) {
  const Vector flat(144);
  const auto at = [&](const Instance& instance) {
    return value(*engineered("mesh_fitting", {}, instance), {}, flat);
  };
  EXPECT_EQ(at({0, 1}), at({0, 2}));
  EXPECT_NE(at({1, 1}), at({1, 2}));
}

}  // namespace
}  // namespace ravine::problems::testing
