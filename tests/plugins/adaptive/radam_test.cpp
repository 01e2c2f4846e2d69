// RAdam: when its steps become adaptive, and by how much they are rectified.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/adaptive/streams.hpp"

namespace {

using namespace ravine::test;  // NOLINT(google-build-using-namespace): a test of one room

// The first t whose step is not the raw gradient, 1000.
int first_adaptive(const Settings& settings, int at_most = 100) {
  Host host("radam", constant(1000), unit_rate(settings));
  for (int t = 1; t <= at_most; ++t) {
    const double before = host.x[0];
    host.steps(1);
    if (before - host.x[0] < 10) return t;
    EXPECT_NEAR(before - host.x[0], 1000, 1e-9);
  }
  return 0;
}

TEST(RAdam, BecomesAdaptiveAtTheSixthStepAndAtTheFifthOfThePaper) {
  EXPECT_EQ(first_adaptive({{"threshold", 0}}), 6);
  EXPECT_EQ(first_adaptive({{"threshold", 1}}), 6);
  EXPECT_EQ(first_adaptive({{"threshold", 2}}), 5);
}

TEST(RAdam, NeverBecomesAdaptiveWhereTheSecondMomentForgetsTooFast) {
  // rho_t < rho_inf = 2 / (1 - beta2) - 1, which is 3.
  for (const double threshold : {0, 1, 2})
    EXPECT_EQ(first_adaptive({{"beta2", 0.5}, {"threshold", threshold}}), 0);
}

TEST(RAdam, AThresholdThatIsMetCountsOnlyWhereItIsInclusive) {
  // rho_6 = 5 to the bit for some doubles beside the beta2 at which it is 5, found by bisection:
  // rho grows with beta2. There, and only there, the two thresholds of 5 differ.
  const auto rho6 = [](long double b) {
    const long double p = std::pow(b, 6.0L);
    return 2 / (1 - b) - 1 - 12 * p / (1 - p);
  };
  long double low = 0.7L, high = 0.999L;
  ASSERT_LT(rho6(low), 5);
  ASSERT_GT(rho6(high), 5);
  for (int k = 0; k < 100; ++k) (rho6((low + high) / 2) < 5 ? low : high) = (low + high) / 2;
  double beta2 = static_cast<double>(low);
  for (int k = 0; k < 100; ++k) beta2 = std::nextafter(beta2, 0);
  int differ = 0;
  for (int k = 0; k < 200; ++k, beta2 = std::nextafter(beta2, 1)) {
    const int strict = first_adaptive({{"beta2", beta2}, {"threshold", 0}});
    const int inclusive = first_adaptive({{"beta2", beta2}, {"threshold", 1}});
    if (strict == inclusive) continue;
    ++differ;
    EXPECT_EQ(inclusive, 6);
    EXPECT_EQ(strict, 7);
  }
  EXPECT_GT(differ, 0);
  EXPECT_LT(differ, 100);
}

TEST(RAdam, AdaptiveStepsAreThoseOfAdamTimesTheRectification) {
  // Of a constant gradient Adam's step is 1. In long double, and by another form of the sum:
  // rho_t = rho_inf - 2 t b^t / (1 - b^t).
  const long double b = 0.999L, limit = 2 / (1 - b) - 1;
  Host host("radam", constant(1000), unit_rate({{"epsilon", 1e-30}}));
  host.steps(5);
  for (int t = 6; t <= 200; ++t) {
    const double before = host.x[0];
    host.steps(1);
    const long double p = std::pow(b, static_cast<long double>(t));
    const long double rho = limit - 2 * t * p / (1 - p);
    const long double r =
        std::sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
    // x is around -5000: its ulp is 1e-12.
    ASSERT_NEAR(before - host.x[0], static_cast<double>(r), 3e-12) << t;
  }
}

TEST(RAdam, RectificationFadesAway) {
  Host host("radam", constant(1000), unit_rate({{"beta2", 0.9}}));
  host.steps(500);
  const double before = host.x[0];
  host.steps(1);
  EXPECT_NEAR(before - host.x[0], 1, 1e-9);
}

}  // namespace
