#include <cmath>
#include <numbers>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

// PyTorch's OneCycleLR of total_steps = N meets its ends at its steps pct_start N - 1 and N - 1:
// it is this one with T = N - 1 and rise = (pct_start N - 1) / (N - 1).
ScheduleKind one_cycle_schedule() {
  return {
      .id = "one_cycle",
      .summary = "One rise from 1 / div to 1, then one fall to 1 / (div final_div)",
      .formula =
          "m(t) goes from 1/div at 0 to 1 at t = rise T and to 1/(div final_div) at t = "
          "T, along half a cosine each (shape = \"cosine\") or straight (\"linear\")",
      .citation = "Smith and Topin, Super-Convergence, arXiv:1708.07120; PyTorch, OneCycleLR",
      .per = Per::step,
      .parameters = {total_parameter(),
                     real_parameter("rise", 0.3, kBetweenNoneAndAll, "share of T that it rises"),
                     real_parameter("div", 25, {1, 1e300}, "one over the first multiplier"),
                     real_parameter("final_div", 1e4, {1, 1e300},
                                    "the first multiplier over the last one"),
                     choice_parameter("shape", {"cosine", "linear"}, "of rise and fall")},
      .make = [](const PartSpec& v) {
        const double first = 1 / v["div"];
        return rule([T = v[kTotal], peak = v["rise"] * v[kTotal], first,
                     last = first / v["final_div"], straight = v["shape"] != 0](double t) {
          if (t >= T) return last;
          const bool rises = t < peak;
          const double share = rises ? t / peak : (t - peak) / (T - peak);
          const double from = rises ? first : 1;
          const double to = rises ? 1 : last;
          const double w = straight ? 1 - share : 0.5 * (1 + std::cos(std::numbers::pi * share));
          return from * w + to * (1 - w);
        });
      }};
}

}  // namespace ravine::harness
