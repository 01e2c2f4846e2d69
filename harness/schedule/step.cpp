#include <cmath>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

ScheduleKind step_schedule() {
  return {.id = "step",
          .summary = "Falls by a factor each time a number of units has passed",
          .formula = "m(t) = gamma^floor(t / size)",
          .citation = "He et al., Deep Residual Learning, CVPR 2016; PyTorch, StepLR",
          .per = Per::epoch,
          .parameters = {real_parameter("size", 30, kPositive, "how long each level lasts"),
                         real_parameter("gamma", 0.1, kAboveNoneToAll, "the factor")},
          .make = [](const PartSpec& v) {
            return rule([size = v["size"], gamma = v["gamma"]](double t) {
              return std::pow(gamma, std::floor(t / size));
            });
          }};
}

}  // namespace ravine::harness
