// NIST's regressions: what NIST certifies, sums of squares computed independently from exact
// decimal data, and derivatives against differences.
#include <gtest/gtest.h>

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "problems/facts.hpp"
#include "problems/nist/file.hpp"
#include "tests/problems/support/evaluation.hpp"
#include "tests/problems/support/nist.hpp"

namespace ravine::problems::testing {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Half a unit of the 11th digit, relative, at most.
constexpr double kCertified = 0.5e-10;

class Nist : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!nist_missing().empty()) GTEST_SKIP() << nist_missing();
  }
  [[nodiscard]] nist::File file() const {
    return nist::read_file(kNistData + ("/" + GetParam()) + ".dat");
  }
};

INSTANTIATE_TEST_SUITE_P(Sets, Nist, ::testing::ValuesIn(nist_sets()),
                         [](const auto& tested) { return tested.param; });

// The sums at both starts in 15 digits, from the exact decimal data in 60-digit arithmetic.
const std::map<std::string, std::array<double, 2>> kSums = {
    {"Misra1a", {10780.1901639097, 44.7712768227421}},
    {"Chwirut2", {14794.7901547973, 1486.95882430271}},
    {"Chwirut1", {50068.648914498, 4575.70859874187}},
    {"Lanczos3", {269.751469498206, 78.7892161029589}},
    {"Gauss1", {7371.72057844194, 12081.692554366}},
    {"Gauss2", {9158.13958202626, 4683.13070912302}},
    {"DanWood", {149.719219077122, 0.103764696580887}},
    {"Misra1b", {10994.31720757, 8654.69209099475}},
    {"Kirby2", {373285.358547271, 987.720968226159}},
    {"Hahn1", {3097556.52743378, 2093448.20174196}},
    {"Nelson", {63.0835400422065, 48.489928976988}},
    {"MGH17", {87848.8533334839, 0.87902629354464}},
    {"Lanczos1", {269.75037483661, 78.7886197530392}},
    {"Lanczos2", {269.750472885631, 78.7886747929068}},
    {"Gauss3", {18905.1353157951, 13998.9207851992}},
    {"Misra1c", {11603.0164118767, 262.456582993659}},
    {"Misra1d", {11202.6567683362, 16.3902186292683}},
    {"Roszman1", {0.51081074979919, 0.00122422171649011}},
    {"ENSO", {1153.94394848546, 914.975527046656}},
    {"MGH09", {897.545378040495, 0.00531317227210854}},
    {"Thurber", {4528124.6035752, 85873749.8231363}},
    {"BoxBOD", {186382.381657457, 48785.2526656388}},
    {"Rat42", {19915.8527280257, 152.762014750265}},
    {"MGH10", {4.51524270119139e+15, 1693607809.43615}},
    {"Eckerle4", {0.722302650302225, 0.0566829084444355}},
    {"Rat43", {3066308.19228557, 14655.2132361708}},
    {"Bennett5", {66022.4466591573, 57261.1054489361}},
};

TEST_P(Nist, SumsAtBothStartsAreThoseOfExactArithmetic) {
  for (const int start : {1, 2}) {
    const auto problem = make_nist(GetParam(), start);
    const double expected = kSums.at(GetParam())[static_cast<std::size_t>(start - 1)];
    // 15 digits are given; differences of large terms cost up to two.
    EXPECT_NEAR(value(*problem, {}, problem->facts().x0), expected, 1e-12 * expected) << start;
  }
}

TEST_P(Nist, TheCertifiedSumIsThatAtTheCertifiedParameters) {
  const auto problem = make_nist(GetParam());
  const double certified = *problem->facts().f_star;
  const double found = value(*problem, {}, problem->facts().x_star);
  if (GetParam() == "Lanczos1") {
    // Residuals of 1e-13: what the parameters lack behind their 11th digit is 4e-21 in the sum.
    EXPECT_NEAR(found, 3.98e-21, 0.01e-21);
  } else if (GetParam() == "Lanczos2") {
    EXPECT_NEAR(found, certified, 1.2e-10 * certified);  // the same: 1.1e-10
  } else {
    // MGH10's terms leave 2e-12 of rounding in the sum, the others less.
    EXPECT_NEAR(found, certified, (kCertified + 3e-12) * certified);
  }
}

TEST_P(Nist, TheGradientVanishesAtTheCertifiedParameters) {
  const auto problem = make_nist(GetParam());
  const Vector& b = problem->facts().x_star;
  const std::uint64_t n = b.size();
  Vector h(n * n), r(problem->residuals()->count()), j(r.size() * n);
  ASSERT_EQ(problem->hessian({}, b, h.data()), Answer::ok);
  ASSERT_EQ(problem->residuals()->residuals(b, r.data()), Answer::ok);
  ASSERT_EQ(problem->residuals()->jacobian(b, j.data()), Answer::ok);
  const nist::File data = file();
  const Vector g = gradient(*problem, {}, b);
  for (std::uint64_t k = 0; k < n; ++k) {
    // Digits that are not given, and some roundings of each response in its residual.
    double terms = 0;
    for (std::uint64_t i = 0; i < n; ++i) terms += std::abs(h[k * n + i] * b[i]);
    double bound = kCertified * terms;
    for (std::size_t i = 0; i < r.size(); ++i)
      bound += 2 * 20 * kUnitRoundoff * std::abs(data.y[i] * j[i * n + k]);
    EXPECT_LE(std::abs(g[k]), bound) << "b" << k + 1;
    EXPECT_LT(bound, 1e-6 * terms) << "b" << k + 1 << ": six digits would do";
  }
}

// s.d. of b_k = sqrt(sum / (m - n) ((J'J)^-1)_kk): certified, so that it certifies J.
TEST_P(Nist, StandardDeviationsFollowFromTheJacobian) {
  const auto problem = make_nist(GetParam());
  const nist::File data = file();
  const Vector& b = problem->facts().x_star;
  const auto n = static_cast<Eigen::Index>(b.size());
  const auto m = static_cast<Eigen::Index>(problem->residuals()->count());
  RowMajor j(m, n);
  ASSERT_EQ(problem->residuals()->jacobian(b, j.data()), Answer::ok);
  const Eigen::VectorXd scale = j.colwise().norm();
  const Eigen::MatrixXd scaled = j * scale.cwiseInverse().asDiagonal();
  const Eigen::MatrixXd r = Eigen::HouseholderQR<Eigen::MatrixXd>(scaled).matrixQR().topRows(n);
  const Eigen::MatrixXd inverse =
      r.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(n, n));
  const double variance = data.residual_sum / static_cast<double>(m - n);
  for (Eigen::Index k = 0; k < n; ++k) {
    const double deviation = std::sqrt(variance) * inverse.row(k).norm() / scale[k];
    const double certified = data.deviations[static_cast<std::size_t>(k)];
    // Parameters with 11 digits and J with 16, magnified by the condition of at most 1e5.
    EXPECT_NEAR(deviation, certified, 1e-6 * certified) << "b" << k + 1;
  }
}

// As in derivatives_test.cpp, D(2h) - D(h) bounds the cubic part of a central difference; of some
// widths the one that leaves least to it and to rounding counts. One parameter after the other.
struct Difference {
  Vector slope;
  double tolerance = std::numeric_limits<double>::infinity();
};
template <class Map>
Difference difference(const Map& map, const Vector& b, std::uint64_t k, double rounding) {
  Difference best;
  for (const double width : {1e-2, 1e-3, 1e-4, 1e-5, 1e-6}) {
    const double h = width * std::abs(b[k]);
    const auto central = [&](double step) {
      Vector ahead = b, behind = b;
      ahead[k] += step;
      behind[k] -= step;
      Vector slope = map(ahead);
      const Vector back = map(behind);
      for (std::size_t i = 0; i < back.size(); ++i)
        slope[i] = (slope[i] - back[i]) / (ahead[k] - behind[k]);
      return slope;
    };
    const Vector near = central(h);
    const double tolerance = max_norm(plus(central(2 * h), -1, near)) + rounding / h;
    if (tolerance < best.tolerance) best = {near, tolerance};
  }
  return best;
}

TEST_P(Nist, TheJacobianAndTheHessianAreTheSlopesOfResidualsAndGradient) {
  for (const int start : {1, 2}) {
    const auto problem = make_nist(GetParam(), start);
    const Vector& b = problem->facts().x0;
    const std::uint64_t n = b.size();
    const std::uint64_t m = problem->residuals()->count();
    Vector jacobian(m * n), hessian(n * n), r(m);
    ASSERT_EQ(problem->residuals()->jacobian(b, jacobian.data()), Answer::ok);
    ASSERT_EQ(problem->residuals()->residuals(b, r.data()), Answer::ok);
    ASSERT_EQ(problem->hessian({}, b, hessian.data()), Answer::ok);
    const auto residuals = [&](const Vector& at) {
      EXPECT_EQ(problem->residuals()->residuals(at, r.data()), Answer::ok);
      return r;
    };
    const double size = std::max(max_norm(file().y), max_norm(r));
    // Gradients in the scale of each parameter, b_i df/db_i.
    const auto gradients = [&](const Vector& at) {
      Vector g = gradient(*problem, {}, at);
      for (std::uint64_t i = 0; i < n; ++i) g[i] *= b[i];
      return g;
    };
    double terms = 0;  // of b_i df/db_i, of which a sum is rounded
    for (std::uint64_t i = 0; i < m * n; ++i)
      terms = std::max(terms, 2 * std::abs(r[i / n] * jacobian[i] * b[i % n]));
    for (std::uint64_t k = 0; k < n; ++k) {
      SCOPED_TRACE("start " + std::to_string(start) + ", b" + std::to_string(k + 1));
      Vector column(m), row(n);
      for (std::uint64_t i = 0; i < m; ++i) column[i] = jacobian[i * n + k];
      for (std::uint64_t i = 0; i < n; ++i) row[i] = hessian[k * n + i] * b[i];

      const Difference first = difference(residuals, b, k, 10 * kUnitRoundoff * size);
      ASSERT_LT(first.tolerance, 1e-3 * max_norm(column));
      EXPECT_LE(max_norm(plus(first.slope, -1, column)), first.tolerance);

      const double noise = 10 * kUnitRoundoff * terms * static_cast<double>(m);
      const Difference second = difference(gradients, b, k, noise);
      ASSERT_LT(second.tolerance, 1e-2 * max_norm(row));
      EXPECT_LE(max_norm(plus(second.slope, -1, row)), second.tolerance);
    }
  }
}

TEST_P(Nist, DigitsAreThoseThatAreRight) {
  const auto problem = make_nist(GetParam());
  ASSERT_EQ(problem->facts().metrics.size(), 2U);
  EXPECT_EQ(problem->facts().metrics[0].name, "digits");
  EXPECT_TRUE(problem->facts().metrics[0].higher_is_better);
  Vector b = problem->facts().x_star;
  Vector digits(2);
  ASSERT_EQ(problem->measure(b, digits), Answer::ok);
  EXPECT_EQ(digits[0], 11);
  // At the certified parameters the sum is what TheCertifiedSumIs... says.
  EXPECT_GT(digits[1], GetParam() == "Lanczos1" ? -1 : 9.9);
  b.back() *= 1 + 1e-6;
  b.front() *= 1 - 1e-8;
  ASSERT_EQ(problem->measure(b, digits), Answer::ok);
  EXPECT_NEAR(digits[0], 6, 1e-4);
  b.back() = 100 * problem->facts().x_star.back();
  ASSERT_EQ(problem->measure(b, digits), Answer::ok);
  EXPECT_EQ(digits[0], 0);
  b.back() = std::nan("");
  ASSERT_EQ(problem->measure(b, digits), Answer::ok);
  EXPECT_EQ(digits[0], 0);
}

TEST_P(Nist, OtherInstancesStartBetweenTheTwoStarts) {
  const nist::File data = file();
  const Vector x0 = make_nist(GetParam(), 2)->facts().x0;
  EXPECT_EQ(x0, data.starts[1]);
  const auto drawn = make_nist(GetParam(), 1, {3, 77});
  bool differs = false;
  for (std::size_t k = 0; k < x0.size(); ++k) {
    const auto [low, high] = std::minmax(data.starts[0][k], data.starts[1][k]);
    EXPECT_GE(drawn->facts().x0[k], low);
    EXPECT_LE(drawn->facts().x0[k], high);
    differs = differs || (drawn->facts().x0[k] != low && drawn->facts().x0[k] != high);
  }
  EXPECT_TRUE(differs);
  EXPECT_TRUE(std::isfinite(value(*drawn, {}, drawn->facts().x0)));
}

}  // namespace
}  // namespace ravine::problems::testing
