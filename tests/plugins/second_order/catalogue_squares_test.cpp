// Levenberg-Marquardt on the catalogue's sums of squares that are not posed as regressions. Where
// the residuals are linear, J'J is the Hessian: a step within the radius is Newton's, and ends at
// the minimum but for rounding.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/plugins/host.hpp"
#include "tests/plugins/second_order/of_problem.hpp"

namespace {

using ravine::problems::Problem;
using ravine::test::Given;
using ravine::test::Host;
using ravine::test::problem_of;
using ravine::test::squares_of;

/// Steps until (f - f*) / (f0 - f*) <= target; -1 where 200 are not enough.
int steps_to(double target, const std::string& family, const Given& given) {
  const std::unique_ptr<Problem> problem = problem_of(family, given);
  const double least = problem->facts().f_star.value();
  Host host("levenberg_marquardt", squares_of(*problem));
  const double start = host.f() - least;
  for (int k = 0; k <= 200; ++k) {
    if (host.f() - least <= target * start) return k;
    host.step();
  }
  return -1;
}

ravine::problems::ParameterValue number(double value) { return {value, ""}; }
ravine::problems::ParameterValue word(const std::string& text) { return {0, text}; }

TEST(CatalogueSquares, LinearResidualsAreSolvedInAStepOrFew) {
  const auto few = [](const std::string& family, const Given& given) {
    const int steps = steps_to(1e-12, family, given);
    EXPECT_GE(steps, 1) << family;
    EXPECT_LE(steps, 3) << family;
  };
  few("sphere", {{"n", number(5)}});
  few("quadratic", {{"n", number(40)}, {"kappa", number(1e6)}});
  few("quadratic", {{"n", number(64)}, {"kappa", number(1e6)}, {"rotation", word("hadamard")}});
  few("quadratic_deep", {});
  few("shifted_quadratics", {{"n", number(10)}, {"samples", number(50)}});
  few("coupled_pair", {{"alpha", number(1e-4)}});
  few("matyas", {});
}

TEST(CatalogueSquares, CurvedResidualsAreSolvedInSome) {
  const auto some = [](const std::string& family, const Given& given) {
    const int steps = steps_to(1e-12, family, given);
    EXPECT_GE(steps, 1) << family;
    EXPECT_LE(steps, 60) << family;
  };
  some("controller_tuning", {});
  some("perceptron_criterion",
       {{"criterion", word("squared_hinge")}, {"l2", number(1e-3)}, {"condition", number(100)}});
  some("deep_linear",
       {{"sampling", word("recycled")}, {"samples", number(30)}, {"noise", number(0.1)}});
}

}  // namespace
