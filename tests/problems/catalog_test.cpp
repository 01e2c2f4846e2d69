// What must hold for every family and problem of the catalogue.
#include "problems/catalog.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

/// What minima that are known to 16 digits may miss, relative to f0 - f*: some hundred roundings of
/// terms of that size.
constexpr double kExact = 1e-13;

TEST(Catalog, EveryFamilyIsDescribedAndTested) {
  std::set<std::string> tested;
  for (const Case& c : all_cases()) tested.insert(c.family);
  std::set<std::string> ids;
  for (const Family& family : catalog()) {
    EXPECT_TRUE(ids.insert(family.id).second) << family.id << " stands twice";
    EXPECT_TRUE(tested.contains(family.id)) << family.id << " has no case";
    EXPECT_FALSE(family.summary.empty()) << family.id;
    EXPECT_FALSE(family.citation.empty()) << family.id;
    EXPECT_EQ(find_family(family.id), &family);
  }
  EXPECT_EQ(find_family("quadrtic"), nullptr);
}

TEST(Catalog, DefaultsAreWithinTheirRanges) {
  for (const Family& family : catalog()) {
    const Parameters defaults = complete_parameters(family, {});
    EXPECT_EQ(defaults.size(), family.parameters.size());
    EXPECT_EQ(complete_parameters(family, defaults), defaults) << family.id;
  }
}

class KnownFacts : public EveryProblem {};

INSTANTIATE_TEST_SUITE_P(Catalogue, KnownFacts, ::testing::ValuesIn(all_cases()), case_name);

TEST_P(KnownFacts, AreComplete) {
  const auto problem = make();
  const Facts& facts = problem->facts();
  const Family& family = *find_family(GetParam().family);
  EXPECT_EQ(facts.family, family.id);
  EXPECT_EQ(facts.revision, family.revision);
  EXPECT_EQ(facts.x0.size(), facts.n);
  EXPECT_EQ(facts.constants.at("n"), static_cast<double>(facts.n));
  EXPECT_FALSE(facts.stages.empty());
  EXPECT_EQ(facts.sample_count > 0, family.stochastic);
  EXPECT_TRUE(std::ranges::all_of(facts.x0, [](double x) { return std::isfinite(x); }));
  EXPECT_GE(facts.rounding_floor, 0);
  // Roundings of f* and of x*; minima that are certified in decimal digits end where these end.
  EXPECT_LT(facts.rounding_floor, facts.family == "nist" ? 1e-9 : kExact);
}

/// At their defaults all families know their minimum but those that are not convex and have no
/// closed form (nets, sparse coding), and NIST's, whose files it stands in.
TEST(Catalog, FamiliesKnowTheirMinimum) {
  const std::set<std::string> without = {"mlp",      "mlp_curriculum", "bengio_shapes",
                                         "cnn_2c2d", "resnet",         "autoencoder",
                                         "rnn",      "sparse_coding",  "nist"};
  for (const Family& family : catalog()) {
    if (without.contains(family.id)) continue;
    DataSets none("");
    const auto problem = family.make(complete_parameters(family, {}), {}, none);
    EXPECT_TRUE(problem->facts().f_star.has_value()) << family.id;
  }
}

TEST_P(KnownFacts, BlocksCoverTheVariablesInOrder) {
  const auto problem = make();
  std::uint64_t end = 0;
  for (const Block& block : problem->facts().blocks) {
    EXPECT_EQ(block.offset, end) << block.name;
    end += std::accumulate(block.shape.begin(), block.shape.end(), std::uint64_t{1},
                           std::multiplies<>());
  }
  EXPECT_EQ(end, problem->facts().n);
}

TEST_P(KnownFacts, TheMinimumIsTheValueAtTheMinimizer) {
  const auto problem = make();
  const Facts& facts = problem->facts();
  if (facts.x_star.empty()) {
    EXPECT_FALSE(facts.f_star.has_value());
    return;
  }
  const Objective last{facts.stages.size() - 1};
  // NIST's minima are certified in 11 digits: nist/nist_test.cpp has the bounds.
  const bool decimal = facts.family == "nist";
  const double gap = value(*problem, last, facts.x0) - *facts.f_star;
  EXPECT_GT(gap, 0);
  EXPECT_NEAR(value(*problem, last, facts.x_star), *facts.f_star,
              decimal ? 1e-10 * *facts.f_star : kExact * gap);
  const Stationarity at = stationarity(*problem, last, facts.x_star);
  EXPECT_LE(at.newton_gain, (decimal ? 1e-9 : kExact) * gap);
  EXPECT_EQ(at.negative, 0U) << "a minimum has no direction of descent";
}

// Where all second derivatives vanish the values around decide.
void expect_degenerate_saddle(Problem& problem, const Objective& objective,
                              const Landmark& landmark) {
  bool higher = false, lower = false;
  for (std::uint64_t k = 0; k < 20; ++k) {
    const Vector away = normal_vector(landmark.x.size(), k, "around a saddle");
    const double f = value(problem, objective, plus(landmark.x, 1e-2, away));
    higher = higher || f > landmark.f;
    lower = lower || f < landmark.f;
  }
  EXPECT_TRUE(higher && lower) << landmark.name;
}

// Whether mu and L are bounds wherever x goes or the curvature at the minimizer itself. Where
// minimizers are a set, mu is that across it.
TEST_P(KnownFacts, CurvatureAtTheMinimizerLiesBetweenMuAndL) {
  const auto problem = make();
  const Facts& facts = problem->facts();
  const auto& known = facts.constants;
  if (facts.x_star.empty() || !facts.offers_hessian || !known.contains("L")) return;
  const auto n = static_cast<Eigen::Index>(facts.n);
  Eigen::MatrixXd h(n, n);
  ASSERT_EQ(problem->hessian({facts.stages.size() - 1}, facts.x_star, h.data()), Answer::ok);
  const Eigen::VectorXd lambda =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(h, Eigen::EigenvaluesOnly).eigenvalues();
  const double L = known.at("L");
  EXPECT_LE(lambda.maxCoeff(), (1 + 1e-9) * L);
  if (!known.contains("mu")) return;
  for (const double curvature : lambda) {
    EXPECT_GE(curvature, -1e-12 * L);
    if (curvature > 1e-12 * L) {
      EXPECT_GE(curvature, known.at("mu") - 1e-12 * L);
    }
  }
}

TEST_P(KnownFacts, LandmarksAreWhatTheySay) {
  using Kind = Landmark::Kind;
  const auto problem = make();
  const Facts& facts = problem->facts();
  const Objective last{facts.stages.size() - 1};
  std::set<std::string> names;
  for (const Landmark& landmark : facts.landmarks) {
    EXPECT_TRUE(names.insert(landmark.name).second) << landmark.name << " stands twice";
    if (facts.f_star) {
      EXPECT_GE(landmark.f, *facts.f_star) << landmark.name;
    }
    if (landmark.x.empty()) continue;
    ASSERT_EQ(landmark.x.size(), facts.n) << landmark.name;
    const double gap = std::abs(value(*problem, last, facts.x0)) + std::abs(landmark.f);
    EXPECT_NEAR(value(*problem, last, landmark.x), landmark.f, kExact * gap) << landmark.name;
    const Stationarity at = stationarity(*problem, last, landmark.x);
    EXPECT_LE(at.newton_gain, kExact * gap) << landmark.name;
    if (at.positive + at.negative == 0 && landmark.kind == Kind::saddle) {
      expect_degenerate_saddle(*problem, last, landmark);
      continue;
    }
    EXPECT_EQ(at.negative == 0, landmark.kind == Kind::minimum) << landmark.name;
    EXPECT_EQ(at.positive == 0, landmark.kind == Kind::maximum) << landmark.name;
  }
}

TEST_P(KnownFacts, WrongArgumentsAreRefused) {
  const auto problem = make();
  const Facts& facts = problem->facts();
  Vector g(facts.n);
  double f = 0;
  const auto answer = [&](const Objective& objective, const Vector& x) {
    return problem->evaluate(objective, x, &f, g.data());
  };
  EXPECT_EQ(answer({facts.stages.size()}, facts.x0), Answer::failed);
  EXPECT_EQ(answer({}, Vector(facts.n + 1)), Answer::failed);
  const std::vector<std::uint64_t> beyond = {facts.sample_count};
  const bool sum = facts.sample_count > 0;
  if (!facts.fresh_samples) {
    EXPECT_EQ(answer({0, beyond, false}, facts.x0), sum ? Answer::failed : Answer::not_supported);
  }
  EXPECT_EQ(answer({0, {}, false}, facts.x0), sum ? Answer::failed : Answer::not_supported);
}

TEST_P(KnownFacts, NotANumberIsAnOrdinaryResult) {
  const auto problem = make();
  Vector x = problem->facts().x0;
  x[0] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(value(*problem, {problem->facts().stages.size() - 1}, x)));
}

}  // namespace
}  // namespace ravine::problems::testing
