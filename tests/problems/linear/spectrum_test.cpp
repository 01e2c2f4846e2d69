#include "problems/linear/spectrum.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <stdexcept>

#include "problems/facts.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

TEST(Spectrum, GoesFromOneToKappaInOrder) {
  for (const std::string& name : spectrum_names()) {
    if (name == "laplacian" || name == "deepobs") continue;  // ends of their own
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

TEST(Spectrum, DistinctHasItsNumberOfValues) {
  for (const std::uint64_t distinct : {2U, 3U, 7U, 20U}) {
    const Vector d = spectrum("distinct", 20, 1e3, distinct);
    EXPECT_EQ(std::set<double>(d.begin(), d.end()).size(), distinct);
  }
  EXPECT_EQ(spectrum("distinct", 4, 1, 1), (Vector{1, 1, 1, 1}));
}

TEST(Spectrum, ClustersSpreadOverOnePercent) {
  const Vector d = spectrum("clusters", 40, 1e4, 4);
  EXPECT_EQ(std::set<double>(d.begin(), d.end()).size(), 40U) << "no two are equal";
  const double ends[] = {1, std::pow(1e4, 1.0 / 3), std::pow(1e4, 2.0 / 3), 1e4};
  for (std::size_t i = 0; i < d.size(); ++i) EXPECT_NEAR(d[i] / ends[i / 10], 1, 0.01) << i;
}

TEST(Spectrum, LaplacianIsThatOfTheTridiagonalMatrix) {
  for (const std::uint64_t n : {1U, 2U, 7U, 40U}) {
    const auto size = static_cast<Eigen::Index>(n);
    Eigen::MatrixXd h = Eigen::MatrixXd::Zero(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
      h(i, i) = 2;
      if (i > 0) h(i, i - 1) = h(i - 1, i) = -1;
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(h, Eigen::EigenvaluesOnly);
    const Vector d = spectrum("laplacian", n, 100, 0);
    // The solver errs by some roundings of |H| <= 4.
    for (std::uint64_t i = 0; i < n; ++i)
      EXPECT_NEAR(d[i], solver.eigenvalues()[static_cast<Eigen::Index>(i)], 400 * kUnitRoundoff);
  }
  const Vector d = spectrum("laplacian", 1000, 0, 0);
  // lambda_1 = pi^2 / (n + 1)^2 (1 + O(n^-2)), lambda_n = 4 less as much.
  EXPECT_NEAR(d.back() / d.front() * std::numbers::pi * std::numbers::pi / (4 * 1001.0 * 1001.0), 1,
              1e-5);
}

TEST(Spectrum, DeepobsHasNineTenthsBelowOne) {
  const Vector d = spectrum("deepobs", 1000, 0, 0, 5);
  EXPECT_TRUE(std::ranges::is_sorted(d));
  EXPECT_EQ(std::ranges::count_if(d, [](double v) { return v < 1; }), 900);
  EXPECT_GE(d[900], 30);
  EXPECT_LT(d[999], 60);
  EXPECT_NE(d, spectrum("deepobs", 1000, 0, 0, 6)) << "drawn by the key";
}

TEST(Spectrum, AnotherNameIsRefused) {
  EXPECT_THROW(spectrum("logarithmic", 4, 10, 2), std::invalid_argument);
}

}  // namespace
}  // namespace ravine::problems::testing
