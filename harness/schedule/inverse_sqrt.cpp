#include <cmath>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

// The formula counts from 1; t counts from 0.
ScheduleKind inverse_sqrt_schedule() {
  return {.id = "inverse_sqrt",
          .summary =
              "k over the root of the number of the step (or, with per = \"epoch\", of the "
              "epoch), counted from 1",
          .formula = "m(t) = k / sqrt(t + 1)",
          .citation = "Zinkevich, Online Convex Programming, ICML 2003",
          .per = Per::step,
          .parameters = {real_parameter("k", 1, kPositive, "the multiplier of the first one")},
          .make = [](const PartSpec& v) {
            return rule([k = v["k"]](double t) { return k / std::sqrt(t + 1); });
          }};
}

}  // namespace ravine::harness
