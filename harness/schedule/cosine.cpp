#include <algorithm>
#include <cmath>
#include <numbers>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

// At t = T the multiplier is eta_min exactly, and stays there (PyTorch's would rise again).
ScheduleKind cosine_schedule() {
  return {.id = "cosine",
          .summary = "Half a wave of the cosine, from 1 to eta_min",
          .formula = "m(t) = eta_min + (1 - eta_min) (1 + cos(pi min(t, T) / T)) / 2",
          .citation = "Loshchilov and Hutter, SGDR, ICLR 2017, eq. (5), one period",
          .per = Per::step,
          .parameters = {total_parameter(), eta_min_parameter()},
          .make = [](const PartSpec& v) {
            return rule([T = v[kTotal], low = v["eta_min"]](double t) {
              const double wave = std::cos(std::numbers::pi * (std::min(t, T) / T));
              return low + (1 - low) * 0.5 * (1 + wave);
            });
          }};
}

}  // namespace ravine::harness
