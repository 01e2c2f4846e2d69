#include "problems/family.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "problems/catalog.hpp"
#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {
namespace {

// The message of the ProblemError that completing these parameters of `id` throws.
std::string refusal(const std::string& id, const Given& given) {
  try {
    complete_parameters(*find_family(id), given);
  } catch (const ProblemError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(CompleteParameters, FillsInDefaults) {
  const Parameters p = complete_parameters(*find_family("quadratic"), {{"kappa", number(10)}});
  EXPECT_EQ(p.at("kappa").number, 10);
  EXPECT_EQ(p.at("n").number, 100);
  EXPECT_EQ(p.at("spectrum").text, "log");
}

TEST(CompleteParameters, AnswersAnUnknownNameWithTheNearest) {
  EXPECT_EQ(refusal("quadratic", {{"kapa", number(10)}}),
            "problem 'quadratic' has no parameter 'kapa', did you mean 'kappa'?");
  EXPECT_EQ(refusal("rosenbrock", {{"temperature", number(1)}}),
            "problem 'rosenbrock' has no parameter 'temperature', known are: n");
}

TEST(CompleteParameters, RefusesANumberOutOfRange) {
  EXPECT_EQ(refusal("quadratic", {{"kappa", number(0.5)}}),
            "parameter 'kappa' of problem 'quadratic' is a number from 1 to 1e+12, not 0.5");
  EXPECT_EQ(refusal("rosenbrock", {{"n", number(1)}}),
            "parameter 'n' of problem 'rosenbrock' is an integer from 2 to 1e+07, not 1");
  EXPECT_EQ(refusal("rosenbrock", {{"n", number(2.5)}}),
            "parameter 'n' of problem 'rosenbrock' is an integer from 2 to 1e+07, not 2.5");
  EXPECT_EQ(refusal("rosenbrock", {{"n", number(std::numeric_limits<double>::quiet_NaN())}}),
            "parameter 'n' of problem 'rosenbrock' is an integer from 2 to 1e+07, not nan");
  EXPECT_EQ(refusal("rosenbrock", {{"n", word("two")}}),
            "parameter 'n' of problem 'rosenbrock' is an integer from 2 to 1e+07, not 'two'");
}

TEST(CompleteParameters, RefusesAnUnknownChoice) {
  EXPECT_EQ(refusal("quadratic", {{"spectrum", word("Linaer")}}),
            "parameter 'spectrum' of problem 'quadratic' has no choice 'Linaer', did you mean "
            "'linear'?");
}

TEST(CompleteParameters, TakesANumberForAText) {
  const Parameters p = complete_parameters(*find_family("mlp"), {{"hidden", number(64)}});
  EXPECT_EQ(p.at("hidden").text, "64");
}

}  // namespace
}  // namespace ravine::problems::testing
