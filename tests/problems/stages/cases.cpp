#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {

std::vector<Case> stage_cases() {
  const Instance canonical{0, 11};
  const Instance drawn{3, 0xABCDEF};
  const auto function = [](const std::string& name) { return Given{{"function", word(name)}}; };
  const auto with = [](Given given, const std::string& name, ParameterValue value) {
    given[name] = std::move(value);
    return given;
  };
  std::vector<Case> cases = {
      {"homotopy_direct", "homotopy", {{"stages", number(1)}}, canonical},
      {"homotopy_rosenbrock_5", "homotopy", with(function("rosenbrock"), "n", number(5)), drawn},
      {"homotopy_ackley",
       "homotopy",
       {{"function", word("ackley")},
        {"method", word("draws")},
        {"draws", number(20)},
        {"stages", number(3)}},
       drawn},
      {"homotopy_mlp",
       "homotopy",
       {{"function", word("mlp")},
        {"method", word("draws")},
        {"draws", number(4)},
        {"stages", number(2)},
        {"t0", number(0.5)}},
       drawn},
      {"homotopy_draws",
       "homotopy",
       {{"method", word("draws")}, {"draws", number(10)}, {"spacing", word("geometric")}},
       canonical},
  };
  for (const std::string name :
       {"styblinski_tang", "rosenbrock", "rastrigin", "griewank", "gaussians", "gaussians_control",
        "beale", "powell_singular", "wood", "himmelblau", "three_hump_camel", "booth", "matyas",
        "goldstein_price", "double_well"}) {
    const Given three = with(function(name), "stages", number(3));
    cases.push_back({"homotopy_" + name, "homotopy", three, canonical});
    cases.push_back({"homotopy_" + name + "_drawn", "homotopy", three, drawn});
  }
  return cases;
}

}  // namespace ravine::problems::testing
