#include "problems/linear/lanczos.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/facts.hpp"
#include "problems/linear/rotation.hpp"
#include "problems/linear/spectrum.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

Extremes of(const Vector& d, std::uint64_t steps) {
  const auto q = rotation("hadamard", d.size(), 3);
  return lanczos(d.size(), steps, [&](std::span<const double> v, std::span<double> hv) {
    std::copy(v.begin(), v.end(), hv.begin());
    q->apply_transposed(hv);
    for (std::size_t i = 0; i < d.size(); ++i) hv[i] *= d[i];
    q->apply(hv);
    return true;
  });
}

TEST(Lanczos, NStepsGiveTheExtremeEigenvalues) {
  for (const std::uint64_t n : {1U, 2U, 5U, 30U}) {
    Vector d = spectrum("linear", n, n == 1 ? 1 : 100, 0);
    d[0] = -3;
    const Extremes found = of(d, 30);
    // Some hundred roundings of the largest.
    EXPECT_NEAR(found.smallest, -3, 500 * kUnitRoundoff * 100) << n;
    EXPECT_NEAR(found.largest, d.back(), 500 * kUnitRoundoff * 100) << n;
    EXPECT_EQ(found.products, n);
  }
}

TEST(Lanczos, EndsAfterAsManyStepsAsThereAreDistinctEigenvalues) {
  const Extremes found = of(spectrum("distinct", 200, 1e3, 4), 40);
  EXPECT_LE(found.products, 5U) << "one more where rounding leaves something";
  EXPECT_NEAR(found.smallest, 1, 1e-7) << "what is neglected, 1e-10 of the largest";
  EXPECT_NEAR(found.largest, 1e3, 1e-7);
}

// An isolated negative eigenvalue among 10000 others: 40 steps find it to some digits.
TEST(Lanczos, FindsTheWayDownFromASaddle) {
  Vector d = spectrum("log", 10000, 1e3, 0);
  d[0] = -50;
  const Extremes found = of(d, 40);
  EXPECT_NEAR(found.smallest, -50, 1e-3);
  EXPECT_LE(found.largest, 1e3 * (1 + 1e-12));
  EXPECT_GT(found.largest, 0.99e3);
}

TEST(Lanczos, WhatCannotBeMultipliedHasNoEigenvalues) {
  const auto refused = lanczos(5, 5, [](auto, auto) { return false; });
  EXPECT_TRUE(std::isnan(refused.smallest));
  const auto broken = lanczos(5, 5, [](auto, std::span<double> hv) {
    hv[0] = std::nan("");
    return true;
  });
  EXPECT_TRUE(std::isnan(broken.largest));
}

}  // namespace
}  // namespace ravine::problems::testing
