#include <cmath>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

ScheduleKind exponential_schedule() {
  return {.id = "exponential",
          .summary = "Falls by the same factor in each unit of time",
          .formula = "m(t) = gamma^t",
          .citation = "PyTorch, torch.optim.lr_scheduler.ExponentialLR",
          .per = Per::epoch,
          .parameters = {real_parameter("gamma", 0.95, kAboveNoneToAll, "the factor")},
          .make = [](const PartSpec& v) {
            return rule([gamma = v["gamma"]](double t) { return std::pow(gamma, t); });
          }};
}

}  // namespace ravine::harness
