// The schedules there are.
#pragma once

#include <string>
#include <vector>

#include "harness/schedule/kind.hpp"

namespace ravine::harness {

/// In the order in which they are shown, each with the parameters that all have in common (`per`,
/// `warmup`, `warmup_from`, `warmup_shape`) behind its own.
const std::vector<ScheduleKind>& schedule_catalog();

/// Null when no schedule has this name.
const ScheduleKind* find_schedule(const std::string& id);

}  // namespace ravine::harness
