#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {

std::vector<Case> landscape_cases() {
  const Instance canonical{0, 11};
  const Instance drawn{3, 0xABCDEF};
  const Given noisy = {{"labels", word("noisy")}};
  std::vector<Case> cases = {
      {"double_well_even", "double_well", {{"c", number(0)}}, canonical},
      {"double_well_single", "double_well", {{"c", number(0.5)}}, canonical},
      {"quadratic_saddle_wide", "quadratic_saddle", {{"half_width", number(30)}}, canonical},
      {"reddi_online_101", "reddi_online", {{"C", number(101)}, {"period", number(101)}}, drawn},
      {"sigmoid_fitting_noisy", "sigmoid_fitting", noisy, canonical},
      {"sigmoid_fitting_noisy_drawn", "sigmoid_fitting", noisy, drawn},
      {"sigmoid_fitting_reversed", "sigmoid_fitting", {{"start", word("reversed")}}, canonical},
      {"strict_saddle_9", "strict_saddle", {{"n", number(9)}, {"gamma", number(1e-3)}}, canonical},
      {"strict_saddle_deep", "strict_saddle", {{"n", number(5)}, {"gamma", number(40)}}, drawn},
  };
  // With their defaults, from the usual start and from another.
  for (const std::string family :
       {"double_well", "lessard_recht_packard", "monkey_saddle", "quadratic_saddle", "reddi_online",
        "sharp_and_broad", "sigmoid_fitting", "strict_saddle"}) {
    cases.push_back({family, family, {}, canonical});
    cases.push_back({family + "_drawn", family, {}, drawn});
  }
  return cases;
}

}  // namespace ravine::problems::testing
