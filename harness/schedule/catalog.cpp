#include "harness/schedule/catalog.hpp"

#include <algorithm>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {
namespace {

ScheduleKind with_common_parameters(ScheduleKind kind) {
  PartParameter per = choice_parameter(
      "per", {"step", "epoch", "fractional_epoch"},
      "unit of t, of the warm-up and of all lengths: steps, whole epochs (t jumps at the end of "
      "each), or epochs as a real number");
  per.info.default_value = static_cast<double>(kind.per);
  kind.parameters.push_back(per);
  kind.parameters.push_back(real_parameter(
      "warmup", 0, kNotNegative,
      "W: for t < W the multiplier rises to m(0) (warmup_shape); then t starts from 0"));
  kind.parameters.push_back(real_parameter("warmup_from", 0, kFromNoneToAll,
                                           "share of m(0) at which the warm-up begins"));
  kind.parameters.push_back(
      choice_parameter("warmup_shape", {"linear", "constant"},
                       "of the warm-up: in a straight line, or at warmup_from m(0) until t = W"));
  return kind;
}

std::vector<ScheduleKind> make_catalog() {
  std::vector<ScheduleKind> kinds;
  for (ScheduleKind (*kind)() : {
           constant_schedule,             //
           time_inverse_schedule,         //
           exponential_schedule,          //
           inverse_sqrt_schedule,         //
           step_schedule,                 //
           multi_step_schedule,           //
           linear_schedule,               //
           polynomial_schedule,           //
           cosine_schedule,               //
           warm_restarts_schedule,        //
           one_cycle_schedule,            //
           cyclic_schedule,               //
           warmup_stable_decay_schedule,  //
           reduce_on_plateau_schedule,    //
       })
    kinds.push_back(with_common_parameters(kind()));
  return kinds;
}

}  // namespace

PartParameter total_parameter() {
  PartParameter total = real_parameter(kTotal, 0, kPositive, "T: length without the warm-up");
  total.default_text = "what the trial leaves";
  total.default_from = kRest;
  return total;
}

PartParameter eta_min_parameter() {
  return real_parameter("eta_min", 0, kFromNoneToAll, "the multiplier at the end");
}

const std::vector<ScheduleKind>& schedule_catalog() {
  static const std::vector<ScheduleKind> catalog = make_catalog();
  return catalog;
}

const ScheduleKind* find_schedule(const std::string& id) {
  const auto& catalog = schedule_catalog();
  const auto found = std::find_if(catalog.begin(), catalog.end(),
                                  [&](const ScheduleKind& kind) { return kind.id == id; });
  return found == catalog.end() ? nullptr : &*found;
}

}  // namespace ravine::harness
