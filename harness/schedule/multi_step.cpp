#include <algorithm>
#include <cmath>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

ScheduleKind multi_step_schedule() {
  PartParameter milestones =
      real_parameter("milestones", 0, kPositive, "a list of times, in rising order");
  milestones.is_list = true;
  milestones.default_text = "required";
  return {.id = "multi_step",
          .summary = "Falls by a factor at each of a list of times",
          .formula = "m(t) = gamma^(number of milestones <= t)",
          .citation = "He et al., Deep Residual Learning, CVPR 2016; PyTorch, MultiStepLR",
          .per = Per::epoch,
          .parameters = {milestones, real_parameter("gamma", 0.1, kAboveNoneToAll, "the factor")},
          .make = [](const PartSpec& v) {
            return rule([times = v.list("milestones"), gamma = v["gamma"]](double t) {
              const auto passed = std::upper_bound(times.begin(), times.end(), t);
              return std::pow(gamma, static_cast<double>(passed - times.begin()));
            });
          }};
}

}  // namespace ravine::harness
