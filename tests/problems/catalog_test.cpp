// What must hold for every family and problem of the catalogue.
#include "problems/catalog.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

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
  EXPECT_LT(facts.rounding_floor, 1e-20);
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
  // All families with a known minimizer have zero terms there, without rounding.
  EXPECT_EQ(value(*problem, last, facts.x_star), facts.f_star);
  EXPECT_EQ(max_norm(gradient(*problem, last, facts.x_star)), 0);
  EXPECT_GT(value(*problem, last, facts.x0), *facts.f_star);
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
  EXPECT_EQ(answer({0, beyond, false}, facts.x0), sum ? Answer::failed : Answer::not_supported);
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
