// The secant method: its root, its order there and at a triple zero, and the form that diverges.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "tests/plugins/host.hpp"

namespace {

using namespace ravine::test;

TEST(Secant, FindsTheRootOfTheSlope) {
  Host host("secant", quartic(), {{"first_step", 0.2}});
  for (int k = 0; k < 50 && host.step() == RAVINE_OK;) ++k;
  EXPECT_NEAR(host.x[0], 0.9085602964160698, 2e-16);  // (3/4)^(1/3)
}

TEST(Secant, GainsTheDigitsOfItsLastTwoStepsTogether) {
  // e'' / (e' e) goes to f'''/(2 f'') = 1 / x at the root (Traub 1964): order 1.618.
  Host host("secant", quartic(), {{"first_step", 0.2}});
  const double root = std::cbrt(0.75);
  std::vector<double> errors;
  for (int k = 0; k < 7; ++k) {
    host.steps(1);
    errors.push_back(host.x[0] - root);
  }
  // From the fifth on e < 0.05; at the seventh, 1e-6, the difference still has ten digits.
  for (std::size_t k = 4; k < 7; ++k)
    EXPECT_NEAR(errors[k] / (errors[k - 1] * errors[k - 2]), 1 / root, 0.2 / root) << k;
}

TEST(Secant, IsLinearAtATripleZero) {
  // x'' / x' goes to the r with r^3 + r^2 = 1, whatever the start.
  Host host("secant", triple_root(), {{"first_step", 0.5}});
  host.steps(98);
  const double before = host.x[0];
  host.steps(1);
  const double r = host.x[0] / before;
  EXPECT_NEAR(r * r * r + r * r, 1, 1e-12);
}

TEST(Secant, InTheLecturesFormDiverges) {
  Host host("secant", quartic(), {{"first_step", 0.2}, {"form", 1}});
  double furthest = 0;
  for (int k = 0; k < 4 && std::isfinite(host.x[0]); ++k) {
    host.step();
    furthest = std::max(furthest, std::fabs(host.x[0]));
  }
  EXPECT_NEAR(furthest, 6.7e80, 0.05e80);
}

TEST(Secant, RefusesMoreThanOneVariableAndNamesThem) {
  try {
    const Host host("secant", rosenbrock());
    FAIL() << "took two variables";
  } catch (const std::runtime_error& refused) {
    EXPECT_NE(std::string(refused.what()).find("n is 2"), std::string::npos) << refused.what();
  }
}

}  // namespace
