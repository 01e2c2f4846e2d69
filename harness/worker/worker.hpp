// One trial in this process, from an optimizer's creation to its record.
#pragma once

#include <cstdint>

#include "harness/measure/area.hpp"
#include "harness/measure/judge.hpp"
#include "harness/plan/trial.hpp"
#include "harness/plugin/loader.hpp"
#include "harness/worker/kept_problem.hpp"

namespace ravine::harness {

/// Runs the trial into the area, whose phase is final when the record is complete and destroyed
/// when the optimizer has been freed too. `since_ns` is when the trial was started, for the books.
/// `observer` is called at each look of the judge.
void run_trial(const TrialSpec& spec, const LoadedPlugin& plugin, problems::Problem& problem,
               Area& area, std::int64_t since_ns, const Observer& observer = {});

/// The same on the kept problem, where an exception of the problem's or the harness's own becomes
/// the trial's status (`memory`, `infrastructure`): a plugin's exceptions do not get this far.
void run_guarded(const TrialSpec& trial, const LoadedPlugin& plugin, KeptProblem& problem,
                 problems::DataSets& data, Area& area, std::int64_t since_ns,
                 const Observer& observer = {});

}  // namespace ravine::harness
