// Every kind of schedule, each in a file of its name. catalog.cpp alone includes this.
#pragma once

#include "harness/schedule/kind.hpp"

namespace ravine::harness {

ScheduleKind constant_schedule();
ScheduleKind time_inverse_schedule();
ScheduleKind exponential_schedule();
ScheduleKind inverse_sqrt_schedule();
ScheduleKind step_schedule();
ScheduleKind multi_step_schedule();
ScheduleKind linear_schedule();
ScheduleKind polynomial_schedule();
ScheduleKind cosine_schedule();
ScheduleKind warm_restarts_schedule();
ScheduleKind one_cycle_schedule();
ScheduleKind cyclic_schedule();
ScheduleKind warmup_stable_decay_schedule();
ScheduleKind reduce_on_plateau_schedule();

}  // namespace ravine::harness
