#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

ScheduleKind constant_schedule() {
  return {.id = "constant",
          .summary = "The learning rate as it is set; with a warm-up, after it",
          .formula = "m(t) = 1",
          .citation = "Warm-up: Goyal et al., Accurate, Large Minibatch SGD, arXiv:1706.02677",
          .per = Per::step,
          .parameters = {},
          .make = [](const PartSpec&) { return rule([](double) { return 1.0; }); }};
}

}  // namespace ravine::harness
