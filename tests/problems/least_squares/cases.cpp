#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {

std::vector<Case> least_squares_cases() {
  const Instance canonical{0, 11};
  const Instance drawn{3, 0xABCDEF};
  std::vector<Case> cases = {
      {"bard_far", "bard", {{"start_scale", number(10)}}, drawn},
      {"gulf_100", "gulf", {{"m", number(100)}}, canonical},
      {"watson_2", "watson", {{"n", number(2)}}, canonical},
      {"watson_9", "watson", {{"n", number(9)}}, canonical},
      {"watson_12", "watson", {{"n", number(12)}, {"start_scale", number(10)}}, canonical},
      {"watson_31", "watson", {{"n", number(31)}}, drawn},
      {"extended_rosenbrock_26", "extended_rosenbrock", {{"n", number(26)}}, drawn},
      {"extended_powell_singular_4", "extended_powell_singular", {{"n", number(4)}}, drawn},
      {"penalty_1_4", "penalty_1", {{"n", number(4)}}, drawn},
      {"penalty_2_4", "penalty_2", {{"n", number(4)}}, drawn},
      {"trigonometric_7", "trigonometric", {{"n", number(7)}}, drawn},
      {"brown_almost_linear_5", "brown_almost_linear", {{"n", number(5)}}, drawn},
      {"discrete_boundary_value_40", "discrete_boundary_value", {{"n", number(40)}}, canonical},
      {"broyden_tridiagonal_50", "broyden_tridiagonal", {{"n", number(50)}}, canonical},
      {"broyden_banded_50", "broyden_banded", {{"n", number(50)}}, canonical},
      {"linear_full_rank_6", "linear_full_rank", {{"n", number(6)}, {"m", number(6)}}, drawn},
      {"linear_rank_1_6", "linear_rank_1", {{"n", number(6)}, {"m", number(9)}}, drawn},
      {"linear_rank_1_zeros_3", "linear_rank_1_zeros", {{"n", number(3)}, {"m", number(9)}}, drawn},
      {"chebyquad_9", "chebyquad", {{"n", number(9)}}, canonical},
      {"chebyquad_10", "chebyquad", {{"n", number(10)}}, drawn},
  };
  // With their defaults, from the paper's start and from another.
  for (const std::string family : {"freudenstein_roth",
                                   "powell_badly_scaled",
                                   "brown_badly_scaled",
                                   "beale",
                                   "jennrich_sampson",
                                   "helical_valley",
                                   "bard",
                                   "gaussian_fit",
                                   "meyer",
                                   "gulf",
                                   "box_3d",
                                   "powell_singular",
                                   "wood",
                                   "kowalik_osborne",
                                   "brown_dennis",
                                   "osborne_1",
                                   "biggs_exp6",
                                   "osborne_2",
                                   "watson",
                                   "extended_rosenbrock",
                                   "extended_powell_singular",
                                   "penalty_1",
                                   "penalty_2",
                                   "variably_dimensioned",
                                   "trigonometric",
                                   "brown_almost_linear",
                                   "discrete_boundary_value",
                                   "discrete_integral",
                                   "broyden_tridiagonal",
                                   "broyden_banded",
                                   "linear_full_rank",
                                   "linear_rank_1",
                                   "linear_rank_1_zeros",
                                   "chebyquad"}) {
    cases.push_back({family, family, {}, canonical});
    cases.push_back({family + "_drawn", family, {}, drawn});
  }
  return cases;
}

}  // namespace ravine::problems::testing
