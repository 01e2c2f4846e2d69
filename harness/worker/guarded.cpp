#include <fmt/format.h>

#include <exception>
#include <new>

#include "harness/worker/worker.hpp"

namespace ravine::harness {

void run_guarded(const TrialSpec& trial, const LoadedPlugin& plugin, KeptProblem& problem,
                 problems::DataSets& data, Area& area, std::int64_t since_ns,
                 const Observer& observer) {
  try {
    run_trial(trial, plugin, problem.of(trial, data), area, since_ns, observer);
    return;
  } catch (const std::bad_alloc&) {
    area.status = results::Status::memory;
    area.set_reason(fmt::format("the problem does not fit into the limit of {} MiB: raise "
                                "memory_mib in the suite and run with --retry",
                                trial.memory_mib)
                        .c_str());
  } catch (const std::exception& e) {
    area.status = results::Status::infrastructure;
    area.set_reason(e.what());
  }
  area.phase.store(Phase::destroyed);
}

}  // namespace ravine::harness
