#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

ScheduleKind time_inverse_schedule() {
  return {
      .id = "time_inverse",
      .summary = "Falls as one over the time: the first epoch has the learning rate as it is set",
      .formula = "m(t) = 1 / (1 + eta t)",
      .citation = "Robbins and Monro, Annals of Mathematical Statistics 22 (1951) 400-407",
      .per = Per::epoch,
      .parameters = {real_parameter("eta", 0.1, kNotNegative, "how fast it falls")},
      .make = [](const PartSpec& v) {
        return rule([eta = v["eta"]](double t) { return 1 / (1 + eta * t); });
      }};
}

}  // namespace ravine::harness
