#include "harness/measure/step_benchmark.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <string>

#include "harness/worker/step_session.hpp"

namespace ravine::harness {
namespace {

/// False when the optimizer cannot run.
bool run_steps(benchmark::State& state, const TrialSpec& trial, const LoadedPlugin& plugin,
               problems::DataSets& data) {
  StepSession session(trial, plugin, data);
  if (!session.usable()) {
    state.SkipWithError("the optimizer does not step on this problem");
    return false;
  }
  double oracle = 0;
  double optimizer = 0;
  while (state.KeepRunning()) {
    const StepSession::Times times = session.step();
    oracle += times.oracle_seconds;
    optimizer += times.optimizer_seconds;
    state.SetIterationTime(times.oracle_seconds + times.optimizer_seconds);
  }
  state.SetComplexityN(static_cast<std::int64_t>(state.range(0)));
  state.counters["oracle_s"] = benchmark::Counter(oracle, benchmark::Counter::kAvgIterations);
  state.counters["optimizer_s"] = benchmark::Counter(optimizer, benchmark::Counter::kAvgIterations);
  return true;
}

}  // namespace

bool benchmark_steps(const std::vector<TrialSpec>& trials,
                     const std::vector<std::uint64_t>& dimensions, const LoadedPlugin& plugin,
                     problems::DataSets& data, double seconds) {
  bool able = true;
  // Google Benchmark owns what is registered.
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks)
  auto* group = benchmark::RegisterBenchmark(
      trials.front().optimizer_label.c_str(), [&](benchmark::State& state) {
        const auto at = std::find(dimensions.begin(), dimensions.end(),
                                  static_cast<std::uint64_t>(state.range(0)));
        const auto& trial = trials[static_cast<std::size_t>(at - dimensions.begin())];
        able = run_steps(state, trial, plugin, data) && able;
      });
  for (const std::uint64_t n : dimensions) group->Arg(static_cast<std::int64_t>(n));
  group->UseManualTime()->Unit(benchmark::kMicrosecond);
  if (dimensions.size() > 1) group->Complexity();
  std::string name = "ravine time";
  std::string minimum = "--benchmark_min_time=" + std::to_string(seconds);
  std::array<char*, 3> argv{name.data(), minimum.data(), nullptr};
  int argc = 2;
  benchmark::Initialize(&argc, argv.data());
  benchmark::RunSpecifiedBenchmarks();
  return able;
}

}  // namespace ravine::harness
