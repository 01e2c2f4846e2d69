// What plugin.h asks of every optimizer: state that restores to the bit and refuses damage, a reset
// that equals a fresh instance, a multiplier that is honoured, instances that share nothing, and
// nothing exported but the entry.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>

#include "tests/plugins/every.hpp"

namespace {

using namespace ravine::test;

class Stepping : public testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] std::unique_ptr<Host> start(const Settings& settings = {}) const {
    return std::make_unique<Host>(GetParam(), task_for(GetParam()), settings);
  }
};
INSTANTIATE_TEST_SUITE_P(Plugins, Stepping, testing::ValuesIn(stepping_plugins()),
                         [](const auto& tested) { return tested.param; });

// Few enough steps that most have not converged.
constexpr int kBefore = 5;
constexpr int kAfter = 4;

// What choices alone do not reach: momenta that are off by default, and variants of variants.
std::vector<Settings> more_variants_of(const std::string& plugin) {
  static const std::multimap<std::string, Settings> kMore = {
      {"rmsprop", {{"momentum", 0.5}}},
      {"rmsprop", {{"momentum", 0.5}, {"centered", 1}}},
      {"nesterov", {{"form", 3}, {"restart", 1}}},
      {"nesterov", {{"form", 3}, {"restart", 2}}},
      {"bfgs", {{"update", 1}, {"scale_first", 0}}},
      {"sign_sgd", {{"beta", 0.9}}}};
  std::vector<Settings> variants;
  const auto [first, last] = kMore.equal_range(plugin);
  for (auto more = first; more != last; ++more) variants.push_back(more->second);
  return variants;
}

TEST_P(Stepping, RestoredStateContinuesToTheBitInEveryVariant) {
  const ravine_optimizer& optimizer = *load(GetParam());
  if (optimizer.save == nullptr) return;  // keeps no state
  std::vector<Settings> variants = variants_of(optimizer);
  for (const Settings& more : more_variants_of(GetParam())) variants.push_back(more);
  for (const Settings& settings : variants) {
    SCOPED_TRACE(text_of(settings));
    const Objective task = task_for(GetParam(), settings);
    Host whole(GetParam(), task, settings);
    walk(whole, kBefore);
    const std::string state = whole.save();
    const std::vector<double> x = whole.x;
    const auto rest = walk(whole, kAfter);

    for (const std::uint64_t chunk : {std::uint64_t{1}, std::uint64_t{7}, std::uint64_t{1} << 30}) {
      Host other(GetParam(), task, settings);
      walk(other, 2);  // a past of its own, which restore must wipe out
      ASSERT_EQ(other.restore(state, chunk), RAVINE_OK);
      other.x = x;
      other.resume_at(kBefore);
      EXPECT_EQ(other.save(), state);
      EXPECT_EQ(walk(other, kAfter), rest);
    }
  }
}

TEST_P(Stepping, DamagedStateIsRefusedAndChangesNothing) {
  const auto host = start();
  if (host->optimizer->save == nullptr) return;
  walk(*host, kBefore);
  const std::string state = host->save();

  std::vector<std::string> damaged{"", state + '\0'};
  // Every byte of a short state, some hundred of a long one.
  const std::size_t stride = std::max<std::size_t>(1, state.size() / 200);
  for (std::size_t length = 0; length < state.size(); length += stride)
    damaged.push_back(state.substr(0, length));
  for (std::size_t at = 0; at < state.size(); at += stride) {
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
    ASSERT_EQ(host->restore(bytes, 64), RAVINE_FAILED);
    ASSERT_EQ(host->save(), state);
  }
}

TEST_P(Stepping, StateOfAnotherOptimizerIsRefused) {
  const auto host = start();
  if (host->optimizer->save == nullptr) return;
  Host other(GetParam() == "adam" ? "heavy_ball" : "adam", small_net());
  EXPECT_EQ(host->restore(other.save(), 64), RAVINE_FAILED);
}

TEST_P(Stepping, ResetEqualsFresh) {
  const auto used = start();
  if (used->optimizer->reset == nullptr) return;  // the host makes a new instance
  walk(*used, kBefore);
  ASSERT_EQ(used->reset(), RAVINE_OK);
  used->resume_at(0);
  EXPECT_EQ(walk(*used, kAfter), walk(*start(), kAfter));
}

TEST_P(Stepping, MultiplierScalesTheLearningRate) {
  const auto host = start();
  if ((host->optimizer->traits & RAVINE_HONOURS_MULTIPLIER) == 0) return;  // has no learning rate
  const std::vector<double> x0 = host->x;
  ASSERT_EQ(host->step(0), RAVINE_OK);
  EXPECT_EQ(host->x, x0);

  // From the same start 0.5 moves half as far, to some roundings of x. Not where a step is many
  // that see each other's: it is one then.
  Settings settings;
  for (std::uint64_t i = 0; i < host->optimizer->parameter_count; ++i)
    if (std::string(host->optimizer->parameters[i]->name) == "per_step") settings["per_step"] = 1;
  const auto one = start(settings);
  const auto half = start(settings);
  ASSERT_EQ(one->step(1), RAVINE_OK);
  ASSERT_EQ(half->step(0.5), RAVINE_OK);
  bool moved = false;
  for (std::size_t i = 0; i < x0.size(); ++i) {
    moved = moved || one->x[i] != x0[i];
    EXPECT_NEAR(half->x[i] - x0[i], (one->x[i] - x0[i]) / 2,
                1e-15 * std::max(std::fabs(x0[i]), std::fabs(one->x[i])));
  }
  EXPECT_TRUE(moved);
}

TEST_P(Stepping, InterleavedInstancesShareNothing) {
  const auto alone = walk(*start(), kBefore);
  const auto a = start();
  const auto b = start();
  for (double& v : b->x) v += 0.5;
  std::vector<Left> path;
  for (int k = 0; k < kBefore; ++k) {
    path.push_back(walk(*a, 1)[0]);
    walk(*b, 1);
  }
  EXPECT_EQ(path, alone);
}

TEST_P(Stepping, PassesTheHostsStatusOn) {
  for (const std::int32_t status : {RAVINE_STOP, RAVINE_STAGE_END, RAVINE_FAILED}) {
    const auto host = start();
    host->oracle.verdict = [status](std::span<const double>) { return status; };
    EXPECT_EQ(host->step(), status);
  }
}

TEST_P(Stepping, SaysWhatItIs) {
  const auto host = start();
  const ravine_optimizer& o = *host->optimizer;
  EXPECT_EQ(std::string(o.id), GetParam());
  EXPECT_STRNE(o.name, "");
  EXPECT_STRNE(o.summary, "");
  // The smallest plugin stays on one screen.
  if (GetParam() != "minimal") {
    EXPECT_STRNE(o.paper, "");
  }
  for (std::uint64_t i = 0; i < o.parameter_count; ++i) {
    const ravine_parameter& p = *o.parameters[i];
    SCOPED_TRACE(p.name);
    EXPECT_STRNE(p.meaning, "");
    EXPECT_LE(p.minimum, p.tune_low);
    EXPECT_LE(p.tune_low, p.tune_high);
    EXPECT_LE(p.tune_high, p.maximum);
    EXPECT_GE(p.default_value, p.minimum);
    EXPECT_LE(p.default_value, p.maximum);
  }
}

TEST(Exports, AreTheEntryAlone) {
  std::size_t plugins = 0;
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
  EXPECT_GE(plugins, stepping_plugins().size());
}

}  // namespace
