// From a suite to trials: sweeps, expressions, labels, identities and complaints.
#include <gtest/gtest.h>

#include <set>

#include "harness/error.hpp"
#include "tests/harness/support.hpp"

namespace {

using ravine::harness::PlanFilter;
using ravine::harness::UserError;
using ravine::test::Planned;

constexpr const char* kHead = R"toml(
[suite]
name = "test"
seeds = 2
[targets]
relative = [1e-1, 1e-3]
)toml";

constexpr const char* kSweep = R"toml(
[[problem]]
family = "quadratic"
set = { n = [2, 4], kappa = { from = 10, to = 1000, count = 3, scale = "log" } }
[[optimizer]]
id = "gradient_descent"
set = { learning_rate = ["1/L", "2/(mu+L)"] }
[[optimizer]]
id = "nesterov"
set = { form = "torch", beta = 0.5 }
)toml";

std::string complaint_of(const std::string& text) {
  try {
    const Planned planned(text);
    return "no complaint";
  } catch (const UserError& e) {
    return e.what();
  }
}

TEST(Plan, UnfoldsEverySweepAndRepetition) {
  const Planned planned(std::string(kHead) + kSweep);
  EXPECT_EQ(planned.plan.trials.size(), 2U * 3U * 2U * (2U + 1U));
  std::set<std::string> problems;
  for (const auto& trial : planned.plan.trials) problems.insert(trial.problem_label);
  EXPECT_EQ(problems.size(), 6U);
  std::set<std::string> ids, meanings;
  for (const auto& trial : planned.plan.trials) {
    ids.insert(trial.id);
    meanings.insert(trial.meaning);
    EXPECT_EQ(trial.id.size(), 32U);
  }
  EXPECT_EQ(ids.size(), planned.plan.trials.size());
  EXPECT_EQ(meanings.size(), planned.plan.trials.size());
}

TEST(Plan, EvaluatesExpressionsInTheConstantsOfEachProblem) {
  const Planned planned(std::string(kHead) + kSweep);
  for (const auto& trial : planned.plan.trials) {
    if (trial.optimizer_label != "gradient_descent learning_rate=2/(mu+L)") continue;
    EXPECT_DOUBLE_EQ(trial.settings[0], 2 / (1 + trial.parameters.at("kappa").number));
  }
}

TEST(Plan, IsTheSameEachTimeAndSplitsIntoShards) {
  const std::string text = std::string(kHead) + kSweep;
  const Planned whole(text);
  std::vector<std::string> parts;
  for (std::uint64_t shard = 1; shard <= 3; ++shard) {
    PlanFilter filter;
    filter.shard = shard;
    filter.shards = 3;
    for (const auto& trial : Planned(text, filter).plan.trials) parts.push_back(trial.id);
  }
  std::vector<std::string> all;
  for (const auto& trial : whole.plan.trials) all.push_back(trial.id);
  std::sort(parts.begin(), parts.end());
  std::sort(all.begin(), all.end());
  EXPECT_EQ(parts, all);
}

TEST(Plan, SeedsOfInstancesNeverDependOnTheOptimizerOrTheSuite) {
  const Planned one(std::string(kHead) + kSweep);
  std::string renamed = std::string(kHead) + kSweep;
  renamed.replace(renamed.find("\"test\""), 6, "\"else\"");
  const Planned other(renamed);
  ASSERT_EQ(one.plan.trials.size(), other.plan.trials.size());
  std::map<std::string, std::uint64_t> seed_of;
  for (std::size_t i = 0; i < one.plan.trials.size(); ++i) {
    const auto& trial = one.plan.trials[i];
    EXPECT_EQ(trial.instance.seed, other.plan.trials[i].instance.seed);
    EXPECT_EQ(trial.id, other.plan.trials[i].id) << "a suite's name is no part of a trial";
    const auto key = trial.problem_label + std::to_string(trial.seed);
    EXPECT_EQ(seed_of.emplace(key, trial.instance.seed).first->second, trial.instance.seed);
  }
  std::set<std::uint64_t> seeds;
  for (const auto& [key, seed] : seed_of) seeds.insert(seed);
  EXPECT_EQ(seeds.size(), seed_of.size());
}

TEST(Plan, FiltersByNameAndLabel) {
  PlanFilter filter;
  filter.optimizers = {"nest*"};
  filter.problems = {"*n=4*"};
  filter.seeds = {7};
  const Planned planned(std::string(kHead) + kSweep, filter);
  ASSERT_EQ(planned.plan.trials.size(), 3U);
  EXPECT_EQ(planned.plan.trials[0].seed, 7U);
}

struct Bad {
  const char* name;
  const char* text;
  const char* complaint;
};

constexpr const char* kQuadratic = "[[problem]]\nfamily = \"quadratic\"\n";

const Bad kBad[] = {
    {"UnknownFamily", "[[problem]]\nfamily = \"quadratics\"\n[[optimizer]]\nid = \"adam\"\n",
     "test.toml:8:10: no problem is called \"quadratics\", did you mean 'quadratic'?"},
    {"UnknownOptimizer", "[[problem]]\nfamily = \"quadratic\"\n[[optimizer]]\nid = \"adma\"\n",
     "test.toml:10:6: no plugin offers an optimizer \"adma\", did you mean 'adam'?"},
    {"UnknownHyperparameter",
     "[[problem]]\nfamily = \"quadratic\"\n[[optimizer]]\nid = \"adam\"\nset = { learningrate = 1 "
     "}\n",
     "test.toml:11:9: adam has no hyperparameter \"learningrate\", did you mean 'learning_rate'? "
     "(on quadratic)"},
    {"IllegalHyperparameter",
     "[[problem]]\nfamily = \"quadratic\"\n[[optimizer]]\nid = \"adam\"\nset = { beta1 = 1 }\n",
     "test.toml:11:17: beta1 = 1 is not legal: write a value in [0, 1) (on quadratic)"},
    {"UnknownConstant",
     "[[problem]]\nfamily = \"quadratic\"\n[[optimizer]]\nid = \"adam\"\nset = { learning_rate = "
     "\"1/LL\" }\n",
     nullptr},
    {"UnknownMetric",
     "[[problem]]\nfamily = \"quadratic\"\ntargets = { accuracy = [0.5] }\n[[optimizer]]\nid = "
     "\"adam\"\n",
     nullptr},
    {"BatchWithoutSamples",
     "[[problem]]\nfamily = \"quadratic\"\nbatch = 3\n[[optimizer]]\nid = \"adam\"\n", nullptr},
    {"SameRowTwice",
     "[[problem]]\nfamily = \"quadratic\"\n[[optimizer]]\nid = \"adam\"\n[[optimizer]]\nid = "
     "\"adam\"\n",
     nullptr},
};

TEST(BadPlans, NameThePlaceAndWhatIsKnown) {
  for (const Bad& bad : kBad) {
    const std::string complaint = complaint_of(std::string(kHead) + bad.text);
    if (bad.complaint != nullptr) {
      EXPECT_EQ(complaint, bad.complaint) << bad.name;
    } else {
      EXPECT_EQ(complaint.substr(0, 10), "test.toml:") << bad.name << ": " << complaint;
    }
  }
  const std::string constant = complaint_of(std::string(kHead) + kBad[4].text);
  EXPECT_NE(constant.find("LL"), std::string::npos) << constant;
  EXPECT_NE(constant.find("did you mean 'L'?"), std::string::npos) << constant;
}

TEST(BadPlans, AMisspelledTargetOfTheSuiteIsFound) {
  const std::string text = R"toml([suite]
name = "test"
[targets]
relativ = [1e-3]
)toml" + std::string(kQuadratic) +
                           "[[optimizer]]\nid = \"adam\"\n";
  EXPECT_EQ(complaint_of(text),
            "test.toml:3:1: no problem of this suite has a metric \"relativ\", did you "
            "mean 'relative'? (known: gradient, relative)");
}

TEST(BadPlans, APatternThatMatchesNothingIsFound) {
  const std::string text =
      std::string(kHead) + kQuadratic + "[[optimizer]]\nid = \"adam\"\non = [\"quadratc\"]\n";
  EXPECT_EQ(complaint_of(text),
            "test.toml:10:6: \"quadratc\" in on matches no problem of this suite: write a family "
            "or a label (quadratic)");
}

}  // namespace
