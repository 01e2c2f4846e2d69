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

const results::Hit* find_hit(const results::TrialRecord& record, std::string_view target,
                             results::HitRule rule) {
  for (const auto& hit : record.hits)
    if (hit.target == target && hit.rule == rule) return &hit;
  return nullptr;
}

}  // namespace ravine::test
