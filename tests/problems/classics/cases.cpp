#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {

std::vector<Case> classics_cases() {
  const Instance canonical{0, 11};
  const Instance drawn{3, 0xABCDEF};
  const Given strongly = {{"kind", word("strongly_convex")}};
  std::vector<Case> cases = {
      {"ackley_1", "ackley", {{"n", number(1)}}, drawn},
      {"ackley_9", "ackley", {{"n", number(9)}}, drawn},
      {"griewank_1", "griewank", {{"n", number(1)}}, drawn},
      {"levy_1", "levy", {{"n", number(1)}}, canonical},
      {"levy_7", "levy", {{"n", number(7)}}, drawn},
      {"nesterov_chebyshev_rosenbrock_8",
       "nesterov_chebyshev_rosenbrock",
       {{"n", number(8)}},
       drawn},
      {"nesterov_worst_strongly_convex", "nesterov_worst", strongly, canonical},
      {"nesterov_worst_scaled",
       "nesterov_worst",
       {{"n", number(6)}, {"kind", word("strongly_convex")}, {"L", number(50)}},
       drawn},
      {"schwefel_5", "schwefel", {{"n", number(5)}}, drawn},
      {"styblinski_tang_1", "styblinski_tang", {{"n", number(1)}}, canonical},
      {"styblinski_tang_6", "styblinski_tang", {{"n", number(6)}}, drawn},
  };
  // With their defaults, from the usual start and from another.
  for (const std::string family :
       {"ackley", "booth", "branin", "easom", "goldstein_price", "griewank", "himmelblau", "levy",
        "matyas", "nesterov_chebyshev_rosenbrock", "nesterov_worst", "schwefel", "styblinski_tang",
        "three_hump_camel"}) {
    cases.push_back({family, family, {}, canonical});
    cases.push_back({family + "_drawn", family, {}, drawn});
  }
  return cases;
}

}  // namespace ravine::problems::testing
