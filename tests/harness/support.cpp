#include "tests/harness/support.hpp"

#include <map>

#include "harness/plugin/describe.hpp"
#include "harness/plugin/scan.hpp"
#include "harness/run/assemble.hpp"
#include "harness/suite/parse.hpp"
#include "harness/worker/worker.hpp"
#include "problems/catalog.hpp"

namespace ravine::test {
namespace {

std::vector<harness::PluginInfo> bundled() {
  harness::PluginSources sources;
  sources.bundled = RAVINE_TEST_PLUGINS;
  return harness::scan_sources(sources).plugins;
}

}  // namespace

Planned::Planned(std::string_view suite_text, const harness::PlanFilter& filter)
    : plugins(bundled()) {
  const harness::Suite suite = harness::parse_suite(suite_text, "test.toml");
  plan = harness::make_plan(suite, harness::Registry(plugins), data, filter);
}

std::vector<results::TrialRecord> run_here(std::string_view suite_text) {
  Planned planned(suite_text);
  std::map<std::size_t, harness::LoadResult> loaded;
  harness::KeptProblem problem;
  const harness::SharedArea area;
  std::vector<results::TrialRecord> records;
  for (const auto& trial : planned.plan.trials) {
    auto [library, fresh] = loaded.try_emplace(trial.plugin);
    if (fresh) library->second = harness::load_plugin(planned.plugins[trial.plugin].path);
    area->clear();
    harness::run_trial(trial, *library->second.plugin, problem.of(trial, planned.data), *area,
                       harness::now_ns());
    records.push_back(harness::record_of(trial, planned.plugins[trial.plugin], *area, {}));
  }
  return records;
}

TestPlugin::TestPlugin(const ravine_optimizer& optimizer) : optimizer_(optimizer) {
  info_.optimizers = {harness::describe_optimizer(&optimizer)};
}

ravine_optimizer blank_optimizer() {
  ravine_optimizer o{};
  o.struct_size = sizeof o;
  o.id = o.name = "test";
  o.version = "1";
  o.author = o.license = o.summary = o.paper = "";
  o.needs = o.uses = RAVINE_GRADIENT;
  o.threads = 1;
  o.create = [](const ravine_optimizer* self, const ravine_host*, const double*) {
    return const_cast<void*>(static_cast<const void*>(self));
  };
  o.destroy = [](void*) {};
  o.init = [](void*, const ravine_task*, const ravine_oracle*, const double*) {
    return std::int32_t{RAVINE_OK};
  };
  return o;
}

harness::TrialSpec plain_trial(const std::string& family, std::uint64_t iterations) {
  harness::TrialSpec trial;
  trial.family = family;
  trial.parameters = problems::complete_parameters(*problems::find_family(family), {});
  trial.budget_iterations = iterations;
  trial.stage_iterations = iterations;
  return trial;
}

harness::TrialSpec quadratic(double n) {
  harness::TrialSpec trial = plain_trial("quadratic", 1);
  trial.parameters["n"] = {n, ""};
  return trial;
}

harness::TrialSpec small_net(std::uint64_t batch) {
  harness::TrialSpec trial = plain_trial("mlp", 1);
  trial.parameters["hidden"] = {0, "2"};
  trial.parameters["train"] = {100, ""};
  trial.parameters["test"] = {10, ""};
  trial.batch_size = batch;
  return trial;
}

namespace {
// The body of the step that is under test: a C callback reaches it through this.
StepBody body_of_step;  // NOLINT: a test runs one at a time
}  // namespace

results::TrialRecord run_once(harness::TrialSpec trial, StepBody body, std::uint64_t uses,
                              std::uint64_t iterations) {
  body_of_step = std::move(body);
  ravine_optimizer optimizer = blank_optimizer();
  optimizer.uses = uses;
  optimizer.step = [](void*, const ravine_oracle* oracle, const ravine_step* s, double* x) {
    return body_of_step(*oracle, *s, x);
  };
  const TestPlugin plugin(optimizer);
  problems::DataSets data;
  harness::KeptProblem problem;
  const harness::SharedArea area;
  trial.budget_iterations = iterations;
  harness::run_trial(trial, plugin, problem.of(trial, data), *area, harness::now_ns());
  return harness::record_of(trial, plugin.info(), *area, {});
}

const results::Hit* find_hit(const results::TrialRecord& record, std::string_view target,
                             results::HitRule rule) {
  for (const auto& hit : record.hits)
    if (hit.target == target && hit.rule == rule) return &hit;
  return nullptr;
}

}  // namespace ravine::test
