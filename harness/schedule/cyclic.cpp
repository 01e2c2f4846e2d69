#include <algorithm>
#include <cmath>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

ScheduleKind cyclic_schedule() {
  PartParameter down = real_parameter("down", 0, kPositive, "how long each fall lasts");
  down.default_text = down.default_from = "up";
  return {
      .id = "cyclic",
      .summary = "Triangles between low and 1",
      .formula =
          "m(t) = low + (1 - low) h(t) s, h rises from 0 to 1 in `up` and falls in `down`, "
          "over and over; s = 1 (triangular), 2^-cycle (triangular2, cycle from 0) or "
          "gamma^t (exp_range)",
      .citation = "Smith, Cyclical Learning Rates, WACV 2017; PyTorch, CyclicLR",
      .per = Per::step,
      .parameters = {real_parameter("low", 0.25, kFromNoneToAll,
                                    "the multiplier between triangles"),
                     real_parameter("up", 2000, kPositive, "how long each rise lasts"), down,
                     choice_parameter("shape", {"triangular", "triangular2", "exp_range"},
                                      "how the height changes from triangle to triangle"),
                     real_parameter("gamma", 0.9999, kAboveNoneToAll, "only for exp_range")},
      .make = [](const PartSpec& v) {
        return rule([low = v["low"], up = v["up"], down = v["down"], shape = v["shape"],
                     gamma = v["gamma"]](double t) {
          const double length = up + down;
          const double cycle = std::floor(t / length);
          const double within = t - cycle * length;
          // Rounding may put t a hair before or behind its cycle.
          const double height =
              std::clamp(within <= up ? within / up : (length - within) / down, 0.0, 1.0);
          const double scale = shape == 0 ? 1 : shape == 1 ? std::exp2(-cycle) : std::pow(gamma, t);
          return low + (1 - low) * height * scale;
        });
      }};
}

}  // namespace ravine::harness
