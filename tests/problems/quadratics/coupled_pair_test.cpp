// The bad case of coordinate descent: rates by its closed form.
#include <gtest/gtest.h>

#include <cmath>

#include "problems/facts.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

TEST(CoupledPair, ASweepOfExactCoordinateStepsDividesByOnePlusAlphaSquared) {
  DataSets no_data{"nowhere"};
  for (const double alpha : {0.01, 0.5, 3.0}) {
    const auto problem = testing::make("coupled_pair", {{"alpha", number(alpha)}}, {}, no_data);
    auto cursor = problem->cursor({}, problem->facts().x0);
    Vector x = problem->facts().x0;
    // From the second coordinate on, w1 = w2 / (1 + alpha) and w2 = w1 / (1 + alpha).
    const auto minimize = [&](std::uint64_t i) {
      double first = 0, second = 0;
      ASSERT_EQ(cursor->partial(i, &first, &second), Answer::ok);
      ASSERT_EQ(cursor->move(i, -first / second), Answer::ok);
      x[i] -= first / second;
    };
    minimize(0);
    minimize(1);
    const Vector before = x;
    minimize(0);
    minimize(1);
    const double factor = 1 / ((1 + alpha) * (1 + alpha));
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_NEAR(x[i] / before[i], factor, 20 * kUnitRoundoff * (2 + alpha) / alpha) << alpha;
  }
}

TEST(CoupledPair, EigenvaluesAreThoseOfItsConstants) {
  DataSets no_data{"nowhere"};
  const auto problem = testing::make("coupled_pair", {{"alpha", number(0.25)}}, {}, no_data);
  const auto& constants = problem->facts().constants;
  EXPECT_EQ(hessian_vector(*problem, {}, {0, 0}, {1, 1}),
            (Vector{constants.at("mu"), constants.at("mu")}));
  EXPECT_EQ(hessian_vector(*problem, {}, {0, 0}, {1, -1}),
            (Vector{constants.at("L"), -constants.at("L")}));
  EXPECT_EQ(constants.at("kappa"), 9);
}

TEST(Sphere, IsTheSumOfSquares) {
  DataSets no_data{"nowhere"};
  const auto problem = testing::make("sphere", {{"n", number(2)}}, {}, no_data);
  EXPECT_EQ(problem->facts().x0, (Vector{1, 1}));
  EXPECT_EQ(value(*problem, {}, {3, 4}), 25);
  EXPECT_EQ(gradient(*problem, {}, {3, 4}), (Vector{6, 8}));
}

}  // namespace
}  // namespace ravine::problems::testing
