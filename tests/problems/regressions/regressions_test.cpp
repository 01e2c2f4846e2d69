// Named facts of the regressions: what theory says of them, fresh samples, minimizers.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <numeric>

#include "problems/facts.hpp"
#include "problems/linear/reduce.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

using Samples = std::vector<std::uint64_t>;

class Regressions : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(const std::string& family, const Given& given,
                                std::uint64_t seed = 11, std::uint64_t index = 0) {
    return testing::make(family, given, {index, seed}, data_.sets());
  }
  SmallData data_;
};

Given sized(double n, double train) { return {{"n", number(n)}, {"samples", number(train)}}; }

Given fresh(Given given) {
  given["sampling"] = word("fresh");
  return given;
}

Samples range(std::uint64_t first, std::uint64_t count) {
  Samples samples(count);
  std::iota(samples.begin(), samples.end(), first);
  return samples;
}

constexpr std::array kFamilies = {"linear_regression", "logistic_regression",
                                  "perceptron_criterion", "softmax_regression"};

TEST_F(Regressions, BatchesOfAnySizeAverageToTheFullGradient) {
  for (const char* family : kFamilies) {
    const auto problem = make(family, sized(5, 30));
    const Vector x = generic_point(*problem);
    const Vector full = gradient(*problem, {}, x);
    const double f = value(*problem, {}, x);
    for (const std::uint64_t size : {1U, 2U, 3U, 5U, 6U, 10U, 15U, 30U}) {
      Vector mean(x.size());
      double mean_value = 0;
      for (std::uint64_t first = 0; first < 30; first += size) {
        const Samples samples = range(first, size);
        const double share = static_cast<double>(size) / 30;
        mean = plus(mean, share, gradient(*problem, {0, samples, false}, x));
        mean_value += share * value(*problem, {0, samples, false}, x);
      }
      EXPECT_LE(max_norm(plus(mean, -1, full)), 1e-14 * (1 + max_norm(full))) << family;
      EXPECT_NEAR(mean_value, f, 1e-14 * (1 + f)) << family;
    }
  }
}

TEST_F(Regressions, FreshSamplesBeginWithTheRecycledOnes) {
  for (const char* family : kFamilies) {
    const auto recycled = make(family, sized(5, 150));
    const auto stream = make(family, fresh(sized(5, 150)));
    EXPECT_TRUE(stream->facts().fresh_samples);
    const Vector x = generic_point(*recycled);
    const Samples samples = range(0, 150);
    EXPECT_EQ(gradient(*stream, {0, samples, false}, x), gradient(*recycled, {}, x)) << family;
    EXPECT_EQ(value(*stream, {0, samples, false}, x), value(*recycled, {}, x)) << family;
    // Any other index exists, and does not depend on what was drawn before.
    const Samples far = {std::uint64_t{1} << 50, 3};
    const Samples reversed = {3, std::uint64_t{1} << 50};
    EXPECT_NEAR(value(*stream, {0, far, false}, x), value(*stream, {0, reversed, false}, x), 1e-14);
  }
}

// The mean gradient of M fresh samples misses the risk's by some standard errors.
TEST_F(Regressions, FreshGradientsAverageToThatOfTheRisk) {
  constexpr std::uint64_t kSamples = 4000;
  for (const char* family : kFamilies) {
    const auto problem = make(family, fresh(sized(4, 10)));
    const Vector x = generic_point(*problem);
    const Vector risk = gradient(*problem, {}, x);
    Vector mean(x.size()), squares(x.size());
    for (std::uint64_t i = 0; i < kSamples; ++i) {
      const Samples one = {i};
      const Vector g = gradient(*problem, {0, one, false}, x);
      for (std::size_t j = 0; j < g.size(); ++j) {
        mean[j] += g[j] / kSamples;
        squares[j] += (g[j] - risk[j]) * (g[j] - risk[j]) / kSamples;
      }
    }
    for (std::size_t j = 0; j < mean.size(); ++j)
      EXPECT_NEAR(mean[j], risk[j], 5 * std::sqrt(squares[j] / kSamples)) << family << " " << j;
  }
}

// Over Gaussian designs ordinary least squares has the excess risk noise^2 / 2 * n / (N - n - 1),
// whatever the covariance; the risk at the best weights is noise^2 / 2.
TEST_F(Regressions, OrdinaryLeastSquaresHasItsTheoreticalExcessRisk) {
  constexpr int kSeeds = 400;
  constexpr double kN = 40, kFeatures = 8, kNoise = 0.5;
  double sum = 0, squares = 0, gap = 0;
  for (int seed = 0; seed < kSeeds; ++seed) {
    Given given = sized(kFeatures, kN);
    given["noise"] = number(kNoise);
    const auto problem = make("linear_regression", given, static_cast<std::uint64_t>(seed));
    Vector metrics(3);
    ASSERT_EQ(problem->measure(problem->facts().x_star, metrics), Answer::ok);
    const double excess = metrics[1] - kNoise * kNoise / 2;
    sum += excess / kSeeds;
    squares += excess * excess / kSeeds;
    gap += metrics[2] / kSeeds;
  }
  const double expected = kNoise * kNoise / 2 * kFeatures / (kN - kFeatures - 1);
  const double error = std::sqrt((squares - sum * sum) / kSeeds);
  EXPECT_NEAR(sum, expected, 4 * error);
  EXPECT_LT(error, 0.05 * expected);
  // The training loss falls short of noise^2 / 2 by the share n / N.
  EXPECT_NEAR(gap, expected + kNoise * kNoise / 2 * kFeatures / kN, 0.05 * gap);
}

TEST_F(Regressions, MetricsAreTheLossTheRiskAndTheirGap) {
  for (const char* family : kFamilies)
    for (const bool stream : {false, true}) {
      Given given = sized(4, 50);
      given["l2"] = number(0.3);
      const auto problem = make(family, stream ? fresh(given) : given);
      const auto twin = make(family, stream ? given : fresh(given));
      const Vector x = generic_point(*problem);
      Vector metrics(3);
      ASSERT_EQ(problem->measure(x, metrics), Answer::ok);
      const double penalty = 0.15 * dot(x, x);
      const double recycled = value(stream ? *twin : *problem, {}, x);
      const double risk = value(stream ? *problem : *twin, {}, x);
      EXPECT_NEAR(metrics[0], recycled - penalty, 1e-14 * recycled) << family;
      EXPECT_NEAR(metrics[1], risk - penalty, 1e-14 * risk) << family;
      EXPECT_EQ(metrics[2], metrics[1] - metrics[0]) << family;
    }
}

TEST_F(Regressions, SoftmaxIsLogKAtZero) {
  Given given = sized(6, 20);
  given["classes"] = number(7);
  const auto problem = make("softmax_regression", given);
  EXPECT_DOUBLE_EQ(value(*problem, {}, Vector(42)), std::log(7.0));
}

TEST_F(Regressions, LogisticStaysFiniteAndExactFarOut) {
  Given given = sized(3, 40);
  given["l2"] = number(0);
  given["noise"] = number(0);
  const auto problem = make("logistic_regression", given);
  ASSERT_EQ(problem->facts().landmarks.size(), 1U);
  EXPECT_EQ(problem->facts().landmarks[0].kind, Landmark::Kind::infinity);
  const Vector x = generic_point(*problem);
  // f tends to the perceptron's criterion, which is homogeneous.
  Given criterion = sized(3, 40);
  criterion["noise"] = number(0);
  const auto limit = make("perceptron_criterion", criterion);
  for (const double scale : {1e4, 1e150, 1e300}) {
    const Vector far = plus(Vector(3), scale, x);
    EXPECT_NEAR(value(*problem, {}, far) / scale, value(*limit, {}, x), 1e-3 / 40 + 1e-15);
    EXPECT_TRUE(std::isfinite(max_norm(gradient(*problem, {}, far))));
  }
}

TEST_F(Regressions, AtKinksTheDerivativeIsZero) {
  const auto problem = make("perceptron_criterion", sized(4, 20));
  EXPECT_EQ(gradient(*problem, {}, Vector(4)), Vector(4));
  EXPECT_EQ(value(*problem, {}, Vector(4)), 0);
  EXPECT_NE(problem->facts().x0, Vector(4)) << "a start at the trivial minimum";
}

TEST_F(Regressions, MinimizersHoldWhereTheConditionIsLarge) {
  Given given = sized(12, 200);
  given["condition"] = number(1e10);
  given["rotation"] = word("dense");
  const auto problem = make("linear_regression", given);
  const Facts& facts = problem->facts();
  ASSERT_TRUE(facts.f_star);
  EXPECT_GT(facts.constants.at("kappa"), 1e9);
  const double gap = value(*problem, {}, facts.x0) - *facts.f_star;
  EXPECT_LE(stationarity(*problem, {}, facts.x_star).newton_gain, 1e-13 * gap);
}

TEST_F(Regressions, MinimaAreStatedWhereTheyAreUniqueAndCheap) {
  EXPECT_TRUE(make("linear_regression", sized(9, 10))->facts().f_star);
  EXPECT_FALSE(make("linear_regression", sized(11, 10))->facts().f_star);
  Given ridge = sized(11, 10);
  ridge["l2"] = number(0.1);
  EXPECT_TRUE(make("linear_regression", ridge)->facts().f_star);
  EXPECT_TRUE(make("linear_regression", fresh(sized(11, 10)))->facts().f_star);
  EXPECT_TRUE(make("logistic_regression", sized(100, 300))->facts().f_star);
  EXPECT_FALSE(make("logistic_regression", sized(501, 10))->facts().f_star);
  EXPECT_TRUE(make("softmax_regression", sized(6, 200))->facts().f_star);
  ridge["criterion"] = word("squared_hinge");
  EXPECT_TRUE(make("perceptron_criterion", ridge)->facts().f_star);
}

double largest_eigenvalue(Problem& problem) {
  const auto n = static_cast<Eigen::Index>(problem.facts().n);
  Eigen::MatrixXd h(n, n);
  EXPECT_EQ(problem.hessian({}, problem.facts().x0, h.data()), Answer::ok);
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(h, Eigen::EigenvaluesOnly)
      .eigenvalues()
      .maxCoeff();
}

TEST_F(Regressions, CurvatureIsBoundedByItsConstants) {
  for (const char* family : {"linear_regression", "logistic_regression", "softmax_regression"}) {
    const auto problem = make(family, sized(7, 60));
    const double largest = largest_eigenvalue(*problem);
    const double L = problem->facts().constants.at("L");
    // At W = 0 the logistic bound is met; that of softmax where two classes share all.
    const bool met = family != std::string("softmax_regression");
    EXPECT_LE(largest, L * (1 + 1e-12)) << family;
    EXPECT_GE(largest, L * (met ? 1 - 1e-12 : 0.15)) << family;
  }
  const auto wide = make("linear_regression", sized(700, 60));  // by Lanczos's method
  EXPECT_NEAR(largest_eigenvalue(*wide) / wide->facts().constants.at("L"), 1, 1e-9);
}

/// A LIBSVM file of 50 samples, their three features at these columns.
std::string sparse_file(const TemporaryFolder& folder, const char* const (&columns)[3]) {
  const Vector entries = normal_vector(150, 3, "features");
  std::string text;
  for (std::size_t i = 0; i < 50; ++i) {
    text += i % 3 == 0 ? "1" : "-1";
    for (std::size_t k = 0; k < 3; ++k)
      text += std::string(" ") + columns[k] + ":" + std::to_string(entries[3 * i + k]);
    text += "\n";
  }
  std::string path = folder.file(std::string("up-to-") + columns[2] + ".svm");
  write_plain(path, {text.begin(), text.end()});
  return path;
}

TEST_F(Regressions, ColumnsThatHoldNothingDoNotChangeTheCurvature) {
  const TemporaryFolder folder;
  for (const std::string family : {"linear_regression", "logistic_regression"}) {
    const auto narrow = make(family, {{"data", word(sparse_file(folder, {"1", "2", "3"}))}});
    for (const auto& last : {"700", "10000000"}) {
      const auto wide = make(family, {{"data", word(sparse_file(folder, {"1", "650", last}))}});
      EXPECT_EQ(std::to_string(wide->facts().n), last);
      EXPECT_NEAR(wide->facts().constants.at("L") / narrow->facts().constants.at("L"), 1, 1e-9);
    }
  }
}

TEST_F(Regressions, WideRowsAreEvaluatedInOnePassEach) {
  const auto problem = make("linear_regression", sized(100003, 7));
  const Facts& facts = problem->facts();
  EXPECT_FALSE(facts.offers_hessian);
  const Vector v = normal_vector(facts.n, 1, "direction");
  // f is quadratic: a symmetric difference is exact but for rounding.
  const double slope = dot(gradient(*problem, {}, facts.x0), v);
  const double difference =
      (value(*problem, {}, v) - value(*problem, {}, plus({facts.x0}, -1, v))) / 2;
  EXPECT_NEAR(difference, slope, 1e-9 * value(*problem, {}, v));
}

TEST_F(Regressions, RepetitionsHaveOtherDataAndOtherInstancesAnotherStart) {
  const auto one = make("linear_regression", sized(4, 30), 1);
  const auto two = make("linear_regression", sized(4, 30), 2);
  const auto drawn = make("linear_regression", sized(4, 30), 1, 1);
  EXPECT_EQ(one->facts().x0, Vector(4));
  EXPECT_EQ(two->facts().x0, Vector(4));
  EXPECT_NE(*one->facts().f_star, *two->facts().f_star);
  EXPECT_NE(drawn->facts().x0, Vector(4));
}

}  // namespace
}  // namespace ravine::problems::testing
