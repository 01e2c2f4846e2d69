// From what a worker left in its area to the record and the measurement that are stored.
#pragma once

#include "harness/measure/area.hpp"
#include "harness/plan/trial.hpp"
#include "harness/plugin/info.hpp"
#include "harness/run/zygote.hpp"
#include "results/record.hpp"

namespace ravine::harness {

/// What a run knows beside the area.
struct RunContext {
  std::string machine;  ///< fingerprint
  double clock_cost_seconds = 0;
};

/// The record of a trial: the worker's own when it is final, else what its death says (time-out,
/// signal, early exit) with whatever it had recorded.
results::TrialRecord record_of(const TrialSpec& trial, const PluginInfo& plugin, const Area& area,
                               const TrialEnd& end);

/// The record of a trial that could not be run for a reason of ours.
results::TrialRecord void_record(const TrialSpec& trial, const PluginInfo& plugin,
                                 const std::string& why);

results::Measurement measurement_of(const Area& area, const TrialEnd& end,
                                    const RunContext& context, std::string started_at);

}  // namespace ravine::harness
