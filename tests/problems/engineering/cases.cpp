#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {

std::vector<Case> engineering_cases() {
  const Instance canonical{0, 11};
  const Instance drawn{3, 0xABCDEF};
  const Given small = {{"side", number(5)}, {"measurements", number(60)}};
  Given squared = small;
  squared["loss"] = word("squared");
  return {
      {"controller_tuning", "controller_tuning", {}, canonical},
      {"controller_tuning_damped", "controller_tuning", {{"damping", number(1)}}, drawn},
      {"mesh_fitting", "mesh_fitting", {}, canonical},
      {"mesh_fitting_drawn", "mesh_fitting", small, drawn},
      {"mesh_fitting_squared", "mesh_fitting", squared, drawn},
      {"minimal_surface", "minimal_surface", {}, canonical},
      {"minimal_surface_1", "minimal_surface", {{"side", number(1)}}, drawn},
      {"minimal_surface_6", "minimal_surface", {{"side", number(6)}}, drawn},
  };
}

}  // namespace ravine::problems::testing
