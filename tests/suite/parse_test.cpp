#include "harness/suite/parse.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

namespace ravine::harness {
namespace {

const std::string kRoot = RAVINE_SOURCE_DIR;
const std::string kGood = kRoot + "/tests/suite/good.toml";

using Scalars = std::vector<Scalar>;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;
using Seeds = std::vector<std::uint64_t>;

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string load_complaint(const std::string& path) {
  try {
    (void)load_suite(path);
  } catch (const UserError& error) {
    return error.what();
  }
  return "none";
}

TEST(ParseSuite, Head) {
  const Suite suite = load_suite(kGood);
  EXPECT_EQ(suite.name, "quick-1.0");
  EXPECT_EQ(suite.description, "Every key once: κ and µ");
  EXPECT_EQ(suite.file, kGood);
  EXPECT_EQ(suite.seeds, (Seeds{0, 4}));
  EXPECT_EQ(suite.divergence, 1e8);
  EXPECT_EQ(suite.memory_mib, 2048U);
  EXPECT_EQ(suite.budget.iterations, 1000U);
  EXPECT_EQ(suite.budget.oracle, 1e5);
  EXPECT_EQ(suite.budget.seconds, 20.0);
  EXPECT_EQ(suite.targets.relative, (Numbers{1e-1, 1e-3, 1e-6}));
  EXPECT_EQ(suite.targets.gradient, Numbers{1e-4});
  ASSERT_EQ(suite.targets.metrics.size(), 1U);
  EXPECT_EQ(suite.targets.metrics[0].first, "test_accuracy");
  EXPECT_EQ(suite.targets.metrics[0].second, (Numbers{0.7, 0.8}));
  EXPECT_EQ(suite.targets.place.text(), kGood + ":14:1");
  EXPECT_EQ(suite.judge.every, 5U);
  EXPECT_EQ(suite.judge.first, 0U);
}

TEST(ParseSuite, OracleWeights) {
  const OracleWeights weights = load_suite(kGood).weights;
  EXPECT_EQ(weights.value, 1.0 / 3.0);
  EXPECT_EQ(weights.gradient, 1.5);
  EXPECT_EQ(weights.hessian_vector, 3.0);
  EXPECT_EQ(weights.hessian_per_n, 4.0);
  EXPECT_EQ(weights.partial_times_n, 0.0);
}

TEST(ParseSuite, ProblemWithEveryKey) {
  const Suite suite = load_suite(kGood);
  ASSERT_EQ(suite.problems.size(), 2U);
  const ProblemEntry& problem = suite.problems[0];
  EXPECT_EQ(problem.family, "quadratic");
  EXPECT_EQ(problem.label, "ill-conditioned");
  EXPECT_EQ(problem.place.text(), kGood + ":31:10");
  ASSERT_EQ(problem.parameters.size(), 4U);
  EXPECT_EQ(problem.parameters[0].name, "n");
  EXPECT_EQ(problem.parameters[0].values, Scalars{100.0});
  EXPECT_EQ(problem.parameters[0].place.text(), kGood + ":33:9");
  EXPECT_EQ(problem.parameters[0].value_place.text(), kGood + ":33:13");
  EXPECT_EQ(problem.parameters[1].name, "kappa");
  EXPECT_EQ(problem.parameters[1].values, (Scalars{10.0, 1000.0}));
  EXPECT_EQ(problem.parameters[2].name, "rotation");
  EXPECT_EQ(problem.parameters[2].values, Scalars{"hadamard"});
  EXPECT_EQ(problem.parameters[3].name, "shifted");
  EXPECT_EQ(problem.parameters[3].values, Scalars{1.0});
  EXPECT_EQ(problem.instances, (Seeds{0, 1, 2}));
  EXPECT_EQ(problem.seeds, (Seeds{0, 1}));
  ASSERT_TRUE(problem.batch.has_value());
  EXPECT_EQ(problem.batch->name, "batch");
  EXPECT_EQ(problem.batch->values, (Scalars{32.0, 0.0, 128.0}));
  EXPECT_EQ(problem.stage_iterations, 100U);
  EXPECT_EQ(problem.budget.iterations, 500U);
  EXPECT_EQ(problem.budget.oracle, 2.5);
  EXPECT_EQ(problem.budget.seconds, 0.5);
  EXPECT_EQ(problem.targets.relative, Numbers{1e-2});
  EXPECT_FALSE(problem.targets.gradient.has_value());
  ASSERT_EQ(problem.targets.metrics.size(), 1U);
  EXPECT_EQ(problem.targets.metrics[0].first, "loss");
  EXPECT_EQ(problem.targets.metrics[0].second, (Numbers{-1.0, 0.5}));
  ASSERT_TRUE(problem.judge.has_value());
  EXPECT_EQ(problem.judge->every, 10U);
  EXPECT_EQ(problem.judge->first, 1U);
}

TEST(ParseSuite, ProblemInASubtable) {
  const ProblemEntry problem = load_suite(kGood).problems.at(1);
  EXPECT_EQ(problem.family, "mlp");
  EXPECT_EQ(problem.label, "");
  EXPECT_EQ(problem.instances, Seeds{7});
  EXPECT_FALSE(problem.seeds.has_value());
  ASSERT_TRUE(problem.batch.has_value());
  EXPECT_EQ(problem.batch->values, (Scalars{16.0, 32.0, 64.0, 128.0, 256.0}));
  ASSERT_EQ(problem.parameters.size(), 1U);
  EXPECT_EQ(problem.parameters[0].values, (Scalars{10.0, 20.0, 30.0}));
  EXPECT_FALSE(problem.stage_iterations.has_value());
  EXPECT_FALSE(problem.budget.iterations.has_value());
  EXPECT_FALSE(problem.targets.relative.has_value());
  EXPECT_FALSE(problem.judge.has_value());
}

TEST(ParseSuite, Optimizers) {
  const Suite suite = load_suite(kGood);
  ASSERT_EQ(suite.optimizers.size(), 2U);
  const OptimizerEntry& optimizer = suite.optimizers[0];
  EXPECT_EQ(optimizer.id, "gradient_descent");
  EXPECT_EQ(optimizer.label, "GD");
  EXPECT_EQ(optimizer.place.text(), kGood + ":50:6");
  ASSERT_EQ(optimizer.settings.size(), 4U);
  EXPECT_EQ(optimizer.settings[0].values, Scalars{"2/(mu+L)"});
  EXPECT_EQ(optimizer.settings[1].values, (Scalars{0.5, 0.6, 0.7, 0.8, 0.9}));
  EXPECT_EQ(optimizer.settings[2].values, (Scalars{1.0, 0.0}));
  EXPECT_EQ(optimizer.settings[3].values, (Scalars{"armijo", 0.5}));
  ASSERT_TRUE(optimizer.schedule.has_value());
  EXPECT_EQ(optimizer.schedule->name, "multi_step");
  EXPECT_EQ(optimizer.schedule->place.text(), kGood + ":53:21");
  ASSERT_EQ(optimizer.schedule->parameters.size(), 2U);
  EXPECT_EQ(optimizer.schedule->parameters[0].name, "milestones");
  EXPECT_EQ(optimizer.schedule->parameters[0].values, (Scalars{5.0, "T/2"}));
  EXPECT_EQ(optimizer.schedule->parameters[1].values, (Scalars{0.1, 0.5}));
  EXPECT_EQ(optimizer.schedule->parameters[1].value_place.text(), kGood + ":53:68");
  ASSERT_TRUE(optimizer.average.has_value());
  EXPECT_EQ(optimizer.average->name, "ema");
  EXPECT_EQ(optimizer.average->parameters.at(0).values, (Scalars{0.9, 0.99}));
  EXPECT_EQ(optimizer.on, (Texts{"quadratic*", "mlp"}));
  EXPECT_EQ(optimizer.not_on, Texts{"ill-*"});
  EXPECT_EQ(suite.optimizers[1].id, "adam");
  EXPECT_TRUE(suite.optimizers[1].settings.empty());
  ASSERT_TRUE(suite.optimizers[1].schedule.has_value());
  EXPECT_EQ(suite.optimizers[1].schedule->name, "cosine");
  EXPECT_EQ(suite.optimizers[1].schedule->place.text(), kGood + ":60:12");
  EXPECT_FALSE(suite.optimizers[1].average.has_value());
  EXPECT_TRUE(suite.optimizers[1].on.empty());
}

TEST(ParseSuite, WhatIsLeftOutHasItsDefault) {
  const Suite suite = parse_suite(
      "suite = { name = 'a' }\nproblem = [{ family = 'f' }]\noptimizer = [{ id = 'o' }]\n", "s");
  EXPECT_EQ(suite.seeds, Seeds{0});
  EXPECT_EQ(suite.divergence, 1e6);
  EXPECT_EQ(suite.memory_mib, 4096U);
  EXPECT_FALSE(suite.budget.iterations.has_value());
  EXPECT_FALSE(suite.targets.relative.has_value());
  EXPECT_TRUE(suite.targets.metrics.empty());
  EXPECT_EQ(suite.weights.value, 1.0 / 3.0);
  EXPECT_EQ(suite.judge.every, 1U);
  EXPECT_EQ(suite.problems.at(0).instances, Seeds{0});
  EXPECT_FALSE(suite.problems.at(0).batch.has_value());
}

TEST(ParseSuite, CharactersBeyondAsciiWithinQuotesAndComments) {
  const std::string rest = "[[problem]]\nfamily = 'f'\n[[optimizer]]\nid = 'o'\n";
  const auto description = [&](const std::string& written) {
    return parse_suite("\xEF\xBB\xBF# µ\nsuite.name = 's' # κ\nsuite.description = " + written +
                           "\n" + rest,
                       "s")
        .description;
  };
  EXPECT_EQ(description("'κ\"'"), "κ\"");
  EXPECT_EQ(description("\"\\\"κ\""), "\"κ");
  EXPECT_EQ(description("\"\"\"κ\"µ\"\"\""), "κ\"µ");
  EXPECT_EQ(description("\"\"\"κ\"\"\"\""), "κ\"");
  EXPECT_EQ(description("'''\\κ'''"), "\\κ");
  EXPECT_EQ(description("\"\"\"a \\\n  b κ\"\"\""), "a b κ");
}

// A file cut short by a full disk or an editor: an answer or a complaint with a place.
TEST(ParseSuite, CutShortAnywhereItParsesOrComplains) {
  const std::string good = content(kGood);
  ASSERT_GT(good.size(), 1000U);
  std::size_t parsed = 0;
  for (std::size_t size = 0; size <= good.size(); ++size) {
    try {
      const Suite suite = parse_suite(std::string_view(good).substr(0, size), "cut");
      EXPECT_FALSE(suite.optimizers.empty()) << size;
      ++parsed;
    } catch (const UserError& error) {
      EXPECT_EQ(std::string(error.what()).rfind("cut:", 0), 0U) << size << ": " << error.what();
    }
  }
  EXPECT_GT(parsed, 0U);
  EXPECT_LT(parsed, good.size() / 2);
}

// One byte overwritten at each place: the same promise.
TEST(ParseSuite, DamagedAnywhereItParsesOrComplains) {
  const std::string good = content(kGood);
  std::size_t refused = 0;
  for (const char byte : {'\0', '\xff', '"', '[', '{', '=', '-', '9', '\n', '.'}) {
    for (std::size_t at = 0; at < good.size(); ++at) {
      std::string damaged = good;
      damaged[at] = byte;
      try {
        (void)parse_suite(damaged, "damaged");
      } catch (const UserError& error) {
        EXPECT_EQ(std::string(error.what()).rfind("damaged:", 0), 0U) << at << error.what();
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, good.size());
}

TEST(LoadSuite, MissingFile) {
  EXPECT_EQ(load_complaint("no/such.toml"),
            "cannot read the suite 'no/such.toml': No such file or directory; give a suite's file, "
            "or a name that 'ravine list' shows");
}

TEST(LoadSuite, FolderAndEndlessDevice) {
  EXPECT_EQ(load_complaint(kRoot).find("cannot read the suite '" + kRoot + "': Is a directory"),
            0U);
  EXPECT_EQ(
      load_complaint("/dev/zero"),
      "cannot read the suite '/dev/zero': it is larger than 16 MiB; give a suite's file, or a "
      "name that 'ravine list' shows");
}

// The guide's examples are suites: every block of TOML that has a [suite] must parse.
TEST(Guide, ItsExamplesParse) {
  std::istringstream guide(content(kRoot + "/problems/suites/README.md"));
  std::string block;
  std::size_t suites = 0;
  bool inside = false;
  for (std::string text; std::getline(guide, text);) {
    if (text == "```" && inside) {
      inside = false;
      if (block.find("[suite]") == std::string::npos) continue;
      EXPECT_NO_THROW((void)parse_suite(block, "README.md")) << block;
      ++suites;
    } else if (text == "```toml") {
      inside = true;
      block.clear();
    } else if (inside) {
      block += text + "\n";
    }
  }
  EXPECT_GE(suites, 2U);
}

}  // namespace
}  // namespace ravine::harness
