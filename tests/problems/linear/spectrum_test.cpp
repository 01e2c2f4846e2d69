#include "problems/linear/spectrum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "problems/facts.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

TEST(Spectrum, GoesFromOneToKappaInOrder) {
  for (const std::string& name : spectrum_names()) {
    for (const std::uint64_t n : {2U, 3U, 10U, 1001U}) {
      const Vector d = spectrum(name, n, 1e7, 2);
      ASSERT_EQ(d.size(), n);
      EXPECT_EQ(d.front(), 1) << name;
      EXPECT_EQ(d.back(), 1e7) << name;
      EXPECT_TRUE(std::ranges::is_sorted(d)) << name;
    }
    EXPECT_EQ(spectrum(name, 1, 1e7, 1), Vector{1.0}) << name;
  }
}

TEST(Spectrum, LogIsUniformInTheLogarithm) {
  const Vector d = spectrum("log", 101, 1e4, 0);
  // pow and log err by one rounding each, relative to a logarithm of at most 9.2.
  for (std::size_t i = 0; i < d.size(); ++i)
    EXPECT_NEAR(std::log10(d[i]), 0.04 * static_cast<double>(i), 20 * kUnitRoundoff);
}

TEST(Spectrum, LinearIsUniform) { EXPECT_EQ(spectrum("linear", 5, 9, 0), (Vector{1, 3, 5, 7, 9})); }

TEST(Spectrum, TwoHasHalfOfEach) {
  EXPECT_EQ(spectrum("two", 2, 100, 0), (Vector{1, 100}));
  EXPECT_EQ(spectrum("two", 5, 100, 0), (Vector{1, 1, 100, 100, 100}));
}

TEST(Spectrum, ClustersHaveTheirNumberOfValues) {
  for (const std::uint64_t distinct : {2U, 3U, 7U, 20U}) {
    const Vector d = spectrum("clusters", 20, 1e3, distinct);
    EXPECT_EQ(std::set<double>(d.begin(), d.end()).size(), distinct);
  }
  EXPECT_EQ(spectrum("clusters", 4, 1, 1), (Vector{1, 1, 1, 1}));
}

TEST(Spectrum, AnotherNameIsRefused) {
  EXPECT_THROW(spectrum("logarithmic", 4, 10, 2), std::invalid_argument);
}

}  // namespace
}  // namespace ravine::problems::testing
