// The double descent and its exact risk.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "problems/facts.hpp"
#include "problems/matrices/target.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

using Eigen::Index;

class RandomFeaturesTest : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(const Given& given, std::uint64_t seed = 7) {
    return testing::make("random_features", given, {0, seed}, data_.sets());
  }

 private:
  SmallData data_;
};

// From the problem's own matrix and right-hand side.
Vector least_norm_solution(Problem& problem) {
  const std::uint64_t n = problem.facts().n;
  Residuals& residuals = *problem.residuals();
  const auto rows = static_cast<Index>(residuals.count()), columns = static_cast<Index>(n);
  RowMajor z(rows, columns);
  Eigen::VectorXd minus_y(rows);
  EXPECT_EQ(residuals.jacobian(problem.facts().x0, z.data()), Answer::ok);
  EXPECT_EQ(residuals.residuals(Vector(n), minus_y.data()), Answer::ok);
  const Eigen::VectorXd w = Eigen::MatrixXd(z).completeOrthogonalDecomposition().solve(-minus_y);
  return {w.data(), w.data() + columns};
}

struct Metrics {
  double training_loss, risk, gap;
};
Metrics measure(Problem& problem, const Vector& x) {
  Vector metrics(3);
  EXPECT_EQ(problem.measure(x, metrics), Answer::ok);
  return {metrics[0], metrics[1], metrics[2]};
}

// Belkin, Hsu and Xu 2020, theorem 1, with n = 40, D = 100, sigma = 1/5 and |beta_T|^2 = p / D.
double belkin_hsu_xu(double p) {
  const double n = 40, in = p / 100, out = 1 - in, noise = 0.04;
  return p < n ? (out + noise) * (1 + p / (n - p - 1))
               : in * (1 - n / p) + (out + noise) * (1 + n / (p - n - 1));
}

TEST_F(RandomFeaturesTest, TheMeanRiskIsThatOfTheTheoryOnBothSidesOfTheSampleSize) {
  const int seeds = 150;
  for (const double p : {5, 15, 25, 32, 50, 65, 80, 100}) {
    double sum = 0, squares = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
      const auto problem = make({{"p", number(p)}}, static_cast<std::uint64_t>(seed));
      const double risk = measure(*problem, least_norm_solution(*problem)).risk;
      sum += risk;
      squares += risk * risk;
      EXPECT_NEAR(problem->facts().constants.at("expected_risk"), belkin_hsu_xu(p), 1e-13);
    }
    const double mean = sum / seeds;
    const double standard_error = std::sqrt((squares / seeds - mean * mean) / (seeds - 1));
    EXPECT_NEAR(mean, belkin_hsu_xu(p), 4 * standard_error) << "p = " << p;
    EXPECT_LT(standard_error, 0.1 * mean) << "p = " << p;
  }
}

TEST_F(RandomFeaturesTest, TheRiskPeaksWhereTheFeaturesAreAsManyAsTheSamples) {
  const auto median_risk = [&](double p) {
    Vector risks;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
      const auto problem = make({{"p", number(p)}}, seed);
      risks.push_back(measure(*problem, problem->facts().x_star).risk);
    }
    std::ranges::nth_element(risks, risks.begin() + 12);
    return risks[12];
  };
  const double few = median_risk(20), peak = median_risk(40), many = median_risk(100);
  EXPECT_GT(peak, 5 * few);
  EXPECT_GT(peak, 5 * many);
  EXPECT_LT(many, few);
  const auto at_the_peak = make({{"p", number(40)}});
  EXPECT_FALSE(at_the_peak->facts().constants.contains("expected_risk")) << "it is infinite";
}

TEST_F(RandomFeaturesTest, TheMinimizerIsTheLeastNormSolution) {
  for (const double p : {10, 30, 60, 100}) {
    for (const std::string features : {"gaussian", "relu", "fourier"}) {
      const auto problem = make({{"p", number(p)}, {"features", word(features)}});
      const Facts& facts = problem->facts();
      const Vector w = least_norm_solution(*problem);
      // Both are least-squares solutions, which differ by condition times rounding.
      EXPECT_LE(max_norm(plus(w, -1, facts.x_star)),
                1e-13 * facts.constants.at("kappa") * max_norm(w));
      if (p > 40) {
        EXPECT_EQ(*facts.f_star, 0);
      } else {
        EXPECT_GT(*facts.f_star, 0);
      }
    }
  }
}

TEST_F(RandomFeaturesTest, GradientDescentFromZeroEndsThere) {
  for (const double p : {15, 100}) {
    const auto problem = make({{"p", number(p)}});
    const Facts& facts = problem->facts();
    Vector x = facts.x0;
    EXPECT_EQ(max_norm(x), 0);
    const double rate = 2 / (facts.constants.at("mu") + facts.constants.at("L"));
    for (int k = 0; k < 2000; ++k) x = plus(x, -rate, gradient(*problem, {}, x));
    EXPECT_LE(max_norm(plus(x, -1, facts.x_star)), 1e-12) << "p = " << p;
  }
}

TEST_F(RandomFeaturesTest, TheRiskIsTheLossOnManyFreshSamples) {
  // Weights and phases do not depend on the number of samples: more of them are fresh ones.
  const double many = 20000;
  for (const std::string features : {"gaussian", "relu", "fourier"}) {
    const auto given = [&](double samples) {
      return Given{{"samples", number(samples)},
                   {"p", number(12)},
                   {"inputs", number(15)},
                   {"features", word(features)}};
    };
    const auto few = make(given(20));
    const auto all = make(given(many));
    const Vector w = few->facts().x_star;
    const Metrics here = measure(*few, w);
    EXPECT_EQ(here.gap, here.risk - here.training_loss);
    EXPECT_NEAR(here.training_loss, value(*few, {}, w), 1e-15);
    EXPECT_EQ(measure(*all, w).risk, here.risk);
    Vector r(static_cast<std::size_t>(many));
    ASSERT_EQ(all->residuals()->residuals(w, r.data()), Answer::ok);
    double mean = 0, fourth = 0;
    for (const double entry : r) {
      mean += entry * entry / many;
      fourth += entry * entry * entry * entry / many;
    }
    const double variance = fourth - mean * mean;
    EXPECT_NEAR(mean, here.risk, 4 * std::sqrt(variance / many)) << features;
  }
}

TEST_F(RandomFeaturesTest, ABatchOfAllSamplesIsTheFullObjective) {
  const auto problem = make({});
  const Vector x = generic_point(*problem);
  std::vector<std::uint64_t> all(40);
  std::iota(all.rbegin(), all.rend(), 0U);
  const double full = value(*problem, {}, x);
  EXPECT_NEAR(value(*problem, {0, all, false}, x), full, 100 * kUnitRoundoff * full);
  double mean = 0;
  for (std::size_t first = 0; first < 40; first += 8)
    mean += value(*problem, {0, std::span(all).subspan(first, 8), false}, x) / 5;
  EXPECT_NEAR(mean, full, 100 * kUnitRoundoff * full);
}

Given fresh(const std::string& features) {
  return {{"p", number(12)},
          {"inputs", number(15)},
          {"features", word(features)},
          {"sampling", word("fresh")}};
}

TEST_F(RandomFeaturesTest, FreshTheObjectiveIsTheRiskAndItsMinimumKnown) {
  for (const std::string features : {"gaussian", "relu", "fourier"}) {
    const auto problem = make(fresh(features));
    const Facts& facts = problem->facts();
    EXPECT_TRUE(facts.fresh_samples);
    const Vector x = generic_point(*problem);
    const Metrics metrics = measure(*problem, x);
    EXPECT_EQ(metrics.risk, value(*problem, {}, x));
    Given given = fresh(features);
    given["sampling"] = word("recycled");
    const auto recycled = make(given);
    const Metrics same = measure(*recycled, x);
    EXPECT_EQ(metrics.risk, same.risk);
    EXPECT_EQ(metrics.training_loss, same.training_loss) << "of the same training set";
    EXPECT_GT(measure(*problem, recycled->facts().x_star).risk, *facts.f_star);
    EXPECT_LE(max_norm(gradient(*problem, {}, facts.x_star)), 1e-14);
    EXPECT_GT(facts.constants.at("mu"), 0);
    if (features == "gaussian") {
      EXPECT_NEAR(*facts.f_star, facts.constants.at("least_risk"), 1e-15);
    }
  }
}

TEST_F(RandomFeaturesTest, FreshBatchesHaveTheRiskAsTheirMeanAndNoSampleOfTheTrainingSet) {
  for (const std::string features : {"gaussian", "relu", "fourier"}) {
    const auto problem = make(fresh(features));
    const Vector x = generic_point(*problem);
    const std::uint64_t count = 20000;
    Vector losses(count);
    for (std::uint64_t i = 0; i < count; ++i)
      losses[i] = value(*problem, {0, std::span(&i, 1), false}, x);
    const double mean = std::accumulate(losses.begin(), losses.end(), 0.0) / count;
    double squares = 0;
    for (const double loss : losses) squares += (loss - mean) * (loss - mean);
    EXPECT_NEAR(mean, value(*problem, {}, x), 4 * std::sqrt(squares) / count) << features;
    Given given = fresh(features);
    given["sampling"] = word("recycled");
    const auto recycled = make(given);
    for (std::uint64_t i = 0; i < recycled->facts().sample_count; ++i)
      EXPECT_EQ(std::ranges::count(losses, value(*recycled, {0, std::span(&i, 1), false}, x)), 0);
  }
}

TEST_F(RandomFeaturesTest, ConstantsAreTheSpectrumAndTheLeastRisk) {
  const auto problem = make({{"p", number(30)}});
  const Facts& facts = problem->facts();
  Eigen::MatrixXd h(30, 30);
  ASSERT_EQ(problem->hessian({}, facts.x0, h.data()), Answer::ok);
  const Eigen::VectorXd eigenvalues =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(h).eigenvalues();
  EXPECT_NEAR(eigenvalues[0], facts.constants.at("mu"), 1e-13);
  EXPECT_NEAR(eigenvalues[29], facts.constants.at("L"), 1e-13);
  EXPECT_NEAR(facts.constants.at("least_risk"), 0.7 + 0.04, 1e-14);
  EXPECT_THROW(make({{"p", number(101)}}), ProblemError);
}

}  // namespace
}  // namespace ravine::problems::testing
