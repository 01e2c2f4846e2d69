// Trials in this process, from a suite's text to their records.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/measure/area.hpp"
#include "harness/plan/plan.hpp"
#include "harness/plugin/loader.hpp"
#include "problems/data/data_sets.hpp"
#include "results/record.hpp"

namespace ravine::test {

/// A plan made of a suite's text and the bundled plugins.
struct Planned {
  explicit Planned(std::string_view suite_text, const harness::PlanFilter& filter = {});
  std::vector<harness::PluginInfo> plugins;
  problems::DataSets data;
  harness::Plan plan;
};

/// Runs every trial of a suite here, one after the other.
std::vector<results::TrialRecord> run_here(std::string_view suite_text);

/// A plugin that is part of the test: one optimizer, no library.
class TestPlugin final : public harness::LoadedPlugin {
 public:
  explicit TestPlugin(const ravine_optimizer& optimizer);
  [[nodiscard]] const harness::PluginInfo& info() const override { return info_; }
  [[nodiscard]] const ravine_optimizer& optimizer(std::size_t) const override { return optimizer_; }

 private:
  const ravine_optimizer& optimizer_;
  harness::PluginInfo info_;
};

/// A table whose instance is a pointer to nothing: create answers a constant, init and destroy do
/// nothing. A test sets `step` (or `run`) and what else it needs.
ravine_optimizer blank_optimizer();

/// A trial of a family with its default parameters and no targets, for a TestPlugin.
harness::TrialSpec plain_trial(const std::string& family, std::uint64_t iterations);

/// A quadratic of n variables; a perceptron with two hidden units on 100 samples, in batches.
harness::TrialSpec quadratic(double n);
harness::TrialSpec small_net(std::uint64_t batch);

/// Runs one step, whose body is the test's own; by default all is declared.
using StepBody = std::function<std::int32_t(const ravine_oracle&, const ravine_step&, double*)>;
results::TrialRecord run_once(harness::TrialSpec trial, StepBody body,
                              std::uint64_t uses = ~UINT64_C(0), std::uint64_t iterations = 1);

/// The hit of a target by a rule, or null.
const results::Hit* find_hit(const results::TrialRecord& record, std::string_view target,
                             results::HitRule rule);

}  // namespace ravine::test
