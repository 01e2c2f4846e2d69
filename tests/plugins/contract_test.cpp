// What plugin.h asks of every optimizer: state that restores to the bit and refuses damage, a reset
// that equals a fresh instance, a multiplier that is honoured, and nothing exported but the entry.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <ostream>
#include <random>

#include "tests/plugins/host.hpp"

namespace {

using ravine::test::Host;

struct Case {
  const char* plugin;
  ravine::test::Settings settings;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.plugin; }  // NOLINT: GoogleTest's name
std::string name_of(const testing::TestParamInfo<Case>& info) {
  return std::string(info.param.plugin) + (info.param.settings.contains("form") ? "_torch" : "");
}

Host start(const Case& c) { return Host(c.plugin, ravine::test::rosenbrock(), c.settings); }

class Stepping : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Plugins, Stepping,
                         testing::Values(Case{"minimal", {{"learning_rate", 1e-3}}},
                                         Case{"gradient_descent", {{"learning_rate", 1e-3}}},
                                         Case{"heavy_ball", {{"learning_rate", 5e-4}}},
                                         Case{"nesterov", {{"learning_rate", 5e-4}}},
                                         Case{"nesterov", {{"learning_rate", 5e-4}, {"form", 1}}},
                                         Case{"adam", {{"learning_rate", 0.02}}},
                                         Case{"lbfgs", {{"history", 3}}}, Case{"newton", {}}),
                         name_of);

// Few enough steps that none of them has converged: Newton needs 21 here.
constexpr int kBefore = 7;
constexpr int kAfter = 6;

TEST_P(Stepping, RestoredStateContinuesToTheBit) {
  Host whole = start(GetParam());
  if (whole.optimizer->save == nullptr) GTEST_SKIP() << "keeps no state";
  whole.steps(kBefore);
  const std::string state = whole.save();
  const std::vector<double> x = whole.x;
  whole.steps(kAfter);

  for (const std::uint64_t chunk : {std::uint64_t{1}, std::uint64_t{7}, std::uint64_t{1} << 30}) {
    Host other = start(GetParam());
    other.steps(2);  // a past of its own, which restore must wipe out
    ASSERT_EQ(other.restore(state, chunk), RAVINE_OK);
    other.x = x;
    EXPECT_EQ(other.save(), state);
    other.steps(kAfter);
    EXPECT_EQ(other.x, whole.x);
  }
}

TEST_P(Stepping, DamagedStateIsRefusedAndChangesNothing) {
  Host host = start(GetParam());
  if (host.optimizer->save == nullptr) GTEST_SKIP() << "keeps no state";
  host.steps(kBefore);
  const std::string state = host.save();

  std::vector<std::string> damaged{"", state + '\0'};
  for (std::size_t length = 0; length < state.size(); ++length)
    damaged.push_back(state.substr(0, length));
  for (std::size_t at = 0; at < state.size(); ++at) {
    damaged.push_back(state);
    damaged.back()[at] = static_cast<char>(damaged.back()[at] ^ 0x10);
  }
  std::mt19937 random(1);
  for (int k = 0; k < 20; ++k) {
    damaged.emplace_back();
    for (std::size_t i = 0; i < state.size(); ++i)
      damaged.back().push_back(static_cast<char>(random() & 0xff));
  }
  for (const std::string& bytes : damaged) {
    ASSERT_EQ(host.restore(bytes, 1), RAVINE_FAILED);
    ASSERT_EQ(host.save(), state);
  }
}

TEST_P(Stepping, StateOfAnotherOptimizerOrSizeIsRefused) {
  Host host = start(GetParam());
  if (host.optimizer->save == nullptr) GTEST_SKIP() << "keeps no state";
  Host larger(GetParam().plugin,
              ravine::test::diagonal_quadratic(ravine::test::spread_eigenvalues()),
              GetParam().settings);
  EXPECT_EQ(host.restore(larger.save(), 64), RAVINE_FAILED);
  const bool is_adam = std::string_view(GetParam().plugin) == "adam";
  Host other(is_adam ? "heavy_ball" : "adam", ravine::test::rosenbrock());
  EXPECT_EQ(host.restore(other.save(), 64), RAVINE_FAILED);
}

TEST_P(Stepping, ResetEqualsFresh) {
  Host used = start(GetParam());
  if (used.optimizer->reset == nullptr) GTEST_SKIP() << "the host makes a new instance";
  used.steps(kBefore);
  ASSERT_EQ(used.reset(), RAVINE_OK);
  Host fresh = start(GetParam());
  for (int k = 0; k < kAfter; ++k) {
    used.steps(1);
    fresh.steps(1);
    ASSERT_EQ(used.x, fresh.x);
  }
}

TEST_P(Stepping, MultiplierScalesTheLearningRate) {
  Host host = start(GetParam());
  if ((host.optimizer->traits & RAVINE_HONOURS_MULTIPLIER) == 0)
    GTEST_SKIP() << "has no learning rate";
  ASSERT_EQ(host.step(0), RAVINE_OK);
  EXPECT_EQ(host.x, host.oracle.objective.start);

  // From the same start 0.5 moves half as far, to one rounding of x, and 0 not at all.
  Host one = start(GetParam());
  Host half = start(GetParam());
  ASSERT_EQ(one.step(1), RAVINE_OK);
  ASSERT_EQ(half.step(0.5), RAVINE_OK);
  for (std::size_t i = 0; i < 2; ++i) {
    const double x0 = host.oracle.objective.start[i];
    EXPECT_NE(one.x[i], x0);
    EXPECT_NEAR(half.x[i] - x0, (one.x[i] - x0) / 2, 1e-15);
  }
}

TEST_P(Stepping, InterleavedInstancesShareNothing) {
  Host alone = start(GetParam());
  alone.steps(kBefore);
  Host a = start(GetParam());
  Host b = start(GetParam());
  b.x = {0.5, -0.5};
  for (int k = 0; k < kBefore; ++k) {
    a.steps(1);
    b.steps(1);
  }
  EXPECT_EQ(a.x, alone.x);
}

TEST_P(Stepping, PassesTheHostsStatusOn) {
  for (const std::int32_t status : {RAVINE_STOP, RAVINE_STAGE_END, RAVINE_FAILED}) {
    Host host = start(GetParam());
    host.steps(2);
    host.oracle.verdict = [status](std::span<const double>) { return status; };
    EXPECT_EQ(host.step(), status);
  }
}

TEST(Exports, AreTheEntryAlone) {
  int plugins = 0;
  for (const auto& file : std::filesystem::directory_iterator(RAVINE_TEST_PLUGIN_DIR)) {
    if (file.path().extension() != ".so") continue;
    SCOPED_TRACE(file.path());
    const std::string command = "nm -D --defined-only '" + file.path().string() + "'";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
    ASSERT_NE(pipe, nullptr);
    std::array<char, 512> line{};
    std::vector<std::string> names;
    while (std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) != nullptr) {
      std::string name(line.data());
      name.erase(0, name.rfind(' ') + 1);
      names.push_back(name);
    }
    EXPECT_EQ(names, std::vector<std::string>{"ravine_plugin_v1\n"});
    ++plugins;
  }
  EXPECT_GE(plugins, 7);
}

}  // namespace
