#include <algorithm>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {

ScheduleKind linear_schedule() {
  return {.id = "linear",
          .summary = "A straight line from one multiplier to another, which then stays",
          .formula = "m(t) = from + (to - from) min(t, T) / T",
          .citation = "Devlin et al., BERT, NAACL 2019; PyTorch, LinearLR",
          .per = Per::step,
          .parameters = {total_parameter(),
                         real_parameter("from", 1, kFromNoneToAll, "the multiplier at t = 0"),
                         real_parameter("to", 0, kFromNoneToAll, "the multiplier from t = T on")},
          .make = [](const PartSpec& v) {
            return rule([T = v[kTotal], from = v["from"], to = v["to"]](double t) {
              return t >= T ? to : from + (to - from) * (t / T);
            });
          }};
}

}  // namespace ravine::harness
