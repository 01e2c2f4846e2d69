#include <algorithm>
#include <cmath>

#include "harness/error.hpp"
#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

ScheduleKind warmup_stable_decay_schedule() {
  return {
      .id = "warmup_stable_decay",
      .summary = "WSD: a short rise from 0, a long plateau of 1, a fall to eta_min at the end",
      .formula =
          "m(t) = t / (rise T) while t < rise T; 1; and in the last decay T: "
          "eta_min + (1 - eta_min) (1 - u) (linear) or (1 - sqrt(u)) (sqrt), u from 0 "
          "to 1",
      .citation = "Hu et al., MiniCPM, arXiv:2404.06395; sqrt: Hägele et al., NeurIPS 2024",
      .per = Per::step,
      .parameters = {total_parameter(),
                     real_parameter("rise", 0.05, kFromNoneToAll, "share of T that it rises"),
                     real_parameter("decay", 0.1, kFromNoneToAll, "share of T that it falls"),
                     eta_min_parameter(),
                     choice_parameter("shape", {"linear", "sqrt"}, "of the fall")},
      .make = [](const PartSpec& v) {
        if (v["rise"] + v["decay"] > 1)
          throw UserError("rise + decay is more than 1: together they are at most all of T");
        return rule([T = v[kTotal], rise = v["rise"] * v[kTotal], decay = v["decay"] * v[kTotal],
                     low = v["eta_min"], root = v["shape"] != 0](double t) {
          if (t < rise) return t / rise;
          if (t < T - decay) return 1.0;
          const double u = t >= T ? 1.0 : (t - (T - decay)) / decay;
          return low + (1 - low) * (1 - (root ? std::sqrt(u) : u));
        });
      }};
}

}  // namespace ravine::harness
