// Steps as benchmarks: the only user of Google Benchmark.
#pragma once

#include <cstdint>
#include <vector>

#include "harness/plan/trial.hpp"
#include "harness/plugin/loader.hpp"
#include "problems/family.hpp"

namespace ravine::harness {

/// Registers a benchmark for each trial (of dimension dimensions[i]) whose time is that of a step,
/// its oracle and its optimizer included, the judge's not; with the parts as counters, and fits the
/// growth over dimensions. Writes Google Benchmark's table to standard output. False when an
/// optimizer cannot run.
bool benchmark_steps(const std::vector<TrialSpec>& trials,
                     const std::vector<std::uint64_t>& dimensions, const LoadedPlugin& plugin,
                     problems::DataSets& data, double seconds);

}  // namespace ravine::harness
