// What goes around an optimizer in a trial, its schedule and its average: from a suite's words to
// values in force.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "harness/plan/trial.hpp"
#include "harness/plugin/info.hpp"
#include "harness/suite/suite.hpp"

namespace ravine::harness {

/// How long a trial is, in steps and in passes over the data.
struct Horizon {
  double steps = 0, epochs = 0;
};

/// Of a trial of `steps` steps on batches of `batch_size` of `sample_count` samples, or without
/// batches (0), where a step is an epoch.
Horizon horizon_of(std::uint64_t steps, const BatchRule& rule);

/// Everything in an entry that may be swept: the settings, then the parameters of schedule and
/// average as "schedule.warmup" and "average.beta". A list that is one value counts as one.
std::vector<Setting> sweeps_of(const OptimizerEntry& entry);

/// A schedule with these values of its parameters: `at` has an index for each parameter that the
/// part gives. An expression may use `constants`, and T, the horizon in the schedule's unit. Throws
/// UserError with the place for unknown names (with the nearest known one), illegal values, and
/// values that do not fit together.
ScheduleSpec schedule_at(const NamedPart& part, const std::vector<std::size_t>& at,
                         std::map<std::string, double> constants, const Horizon& horizon);
AverageSpec average_at(const NamedPart& part, const std::vector<std::size_t>& at,
                       const std::map<std::string, double>& constants);

/// Fills the trial's schedule and average; `at` belongs to sweeps_of. Throws UserError as above,
/// and where the optimizer has no use for them.
void add_parts(TrialSpec& trial, const OptimizerEntry& entry, const OptimizerInfo& optimizer,
               const std::vector<std::size_t>& at, const std::map<std::string, double>& constants,
               const BatchRule& rule);

/// " schedule=cosine average=polyak": what the label of an entry without one says of them.
std::string parts_suffix(const OptimizerEntry& entry);

}  // namespace ravine::harness
