// Running a plan: as many workers at a time as there are jobs, one transaction for each trial that
// has ended.
#pragma once

#include <functional>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/plugin/info.hpp"
#include "results/store.hpp"

namespace ravine::harness {

struct RunOptions {
  std::size_t jobs = 1;
  bool in_process = false;  ///< no isolation, for a debugger: a bad plugin takes the program along
  bool retry = false;       ///< runs again what a limit in seconds or memory had stopped
  bool quiet = false;
  bool show_output = false;  ///< what plugins print
};

struct RunSummary {
  std::size_t run = 0;        ///< trials that were run now
  std::size_t skipped = 0;    ///< done before
  std::size_t failed = 0;     ///< crash, timeout, memory, protocol
  std::size_t voided = 0;     ///< infrastructure: run again by the same command
  std::size_t differing = 0;  ///< measured again, and not the same to the bit
  bool interrupted = false;
};

/// Runs every trial that the store has not. After SIGINT or SIGTERM the trials in flight are
/// dropped and what is done is kept. Throws results::StoreError and HarnessError.
RunSummary run_plan(const Plan& plan, const std::vector<PluginInfo>& plugins,
                    problems::DataSets& data, results::Store& store, const RunOptions& options);

}  // namespace ravine::harness
