// Are the instances of a suite what they were? The tables beside this file, one for each suite of
// that name, have the hash of every instance as the planner records it: of the bits of x0, f(x0)
// and its gradient, and of the data. A hash that changes while its family's revision stays would
// let trials of two different problems pass for repetitions of one.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "harness/plan/problem_configs.hpp"
#include "harness/suite/parse.hpp"
#include "problems/data/data_sets.hpp"

namespace ravine::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeader = "problem\tparameters\tinstance\tseed\trevision\thash";

/// What stands under the name of an instance, "problem, parameters, instance, seed".
struct Found {
  std::uint32_t revision = 0;
  std::string hash;
};
using Instances = std::map<std::string, Found>;

/// "name=value" for every parameter that the instance depends on.
std::string parameters_of(const ProblemConfig& config) {
  std::string text;
  for (const auto& spec : config.family->parameters)
    if (!spec.of_measuring)
      text += fmt::format("{}{}={}", text.empty() ? "" : " ", spec.name,
                          parameter_text(config.parameters.at(spec.name)));
  return text;
}

Instances instances_of(const Suite& suite) {
  problems::DataSets data;
  Instances found;
  for (const ProblemConfig& config : problem_configs(suite, data, {})) {
    const std::string name = fmt::format("{}\t{}\t{}\t{}", config.label, parameters_of(config),
                                         config.instance.index, config.seed);
    found[name] = {config.family->revision, config.facts.hash};
  }
  return found;
}

Instances read(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, kHeader) << file;
  Instances found;
  while (std::getline(in, line)) {
    const std::size_t hash = line.rfind('\t'), revision = line.rfind('\t', hash - 1);
    found[line.substr(0, revision)] = {
        static_cast<std::uint32_t>(std::stoul(line.substr(revision + 1, hash - revision - 1))),
        line.substr(hash + 1)};
  }
  return found;
}

/// The table as it would be today, where the test was run.
fs::path write(const Instances& instances, const std::string& suite) {
  fs::path file = fs::current_path() / (suite + ".tsv");
  std::ofstream out(file);
  out << kHeader << '\n';
  for (const auto& [name, found] : instances)
    out << name << '\t' << found.revision << '\t' << found.hash << '\n';
  return file;
}

/// A line for each instance that is not what it was, as it calls for.
std::vector<std::string> differences(const Instances& before, const Instances& now) {
  std::vector<std::string> lines;
  for (const auto& [name, was] : before) {
    const auto is = now.find(name);
    if (is == now.end())
      lines.push_back(name + ": is no longer in the suite");
    else if (is->second.revision != was.revision)
      lines.push_back(
          fmt::format("{}: revision {} is now {}", name, was.revision, is->second.revision));
    else if (is->second.hash != was.hash)
      lines.push_back(name +
                      ": other bits in the same revision: raise Family::revision, or find "
                      "what changed them");
  }
  for (const auto& [name, is] : now)
    if (!before.contains(name)) lines.push_back(name + ": is new in the suite");
  return lines;
}

std::vector<std::string> tables() {
  std::vector<std::string> names;
  for (const auto& file : fs::directory_iterator(RAVINE_SOURCE_DIR "/tests/instances"))
    if (file.path().extension() == ".tsv") names.push_back(file.path().stem());
  std::ranges::sort(names);
  return names;
}

class SuiteInstances : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Suites, SuiteInstances, testing::ValuesIn(tables()),
                         [](const auto& tested) { return tested.param; });

TEST_P(SuiteInstances, AreWhatTheyWere) {
  // Sums over vectors are ordered by the vectors' width.
  if (std::string(RAVINE_ARCH) != "x86-64-v3")
    GTEST_SKIP() << "the hashes are those of -march=x86-64-v3, this is a build for " RAVINE_ARCH;
  if (!fs::exists("/usr/share/datasets/fashion-mnist"))
    GTEST_SKIP() << "Fashion-MNIST is missing: install Debian's package dataset-fashion-mnist";
  const fs::path table = fs::path(RAVINE_SOURCE_DIR "/tests/instances") / (GetParam() + ".tsv");
  const Instances now = instances_of(
      load_suite(fs::path(RAVINE_SOURCE_DIR "/problems/suites") / (GetParam() + ".toml")));
  ASSERT_FALSE(now.empty());
  const std::vector<std::string> wrong = differences(read(table), now);
  if (wrong.empty()) return;
  std::string all;
  for (const std::string& line : wrong) all += "  " + line + "\n";
  FAIL() << all << "Where that is on purpose:\n  cp " << write(now, GetParam()).string() << " "
         << table.string();
}

TEST(InstanceDifferences, AreToldByWhatTheyCallFor) {
  const Instances before{
      {"same", {1, "a"}}, {"gone", {1, "b"}}, {"raised", {1, "c"}}, {"crept", {1, "d"}}};
  const Instances now{
      {"same", {1, "a"}}, {"raised", {2, "x"}}, {"crept", {1, "y"}}, {"new", {1, "z"}}};
  EXPECT_EQ(differences(before, now),
            (std::vector<std::string>{
                "crept: other bits in the same revision: raise Family::revision, or find what "
                "changed them",
                "gone: is no longer in the suite", "raised: revision 1 is now 2",
                "new: is new in the suite"}));
}

}  // namespace
}  // namespace ravine::harness
