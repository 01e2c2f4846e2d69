#include <algorithm>
#include <cmath>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

ScheduleKind polynomial_schedule() {
  return {.id = "polynomial",
          .summary = "A power of the time that is left",
          .formula = "m(t) = eta_min + (1 - eta_min) (1 - min(t, T) / T)^power",
          .citation = "Liu et al., ParseNet, arXiv:1506.04579; PyTorch, PolynomialLR",
          .per = Per::step,
          .parameters = {total_parameter(), real_parameter("power", 1, kPositive, "the power"),
                         eta_min_parameter()},
          .make = [](const PartSpec& v) {
            return rule([T = v[kTotal], power = v["power"], low = v["eta_min"]](double t) {
              return low + (1 - low) * std::pow(1 - std::min(t, T) / T, power);
            });
          }};
}

}  // namespace ravine::harness
