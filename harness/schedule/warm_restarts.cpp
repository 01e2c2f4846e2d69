#include <cmath>
#include <numbers>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {
namespace {

/// Length of the period that holds t, and how far into it t lies. At the end of a period T_cur is
/// 0 of the next one: the multiplier is 1 again.
struct Period {
  double length, current;
};

Period period_at(double t, double first, double growth) {
  if (growth == 1) return {first, std::fmod(t, first)};
  const auto begin = [&](double i) { return first * (std::pow(growth, i) - 1) / (growth - 1); };
  double i = std::floor(std::log(t / first * (growth - 1) + 1) / std::log(growth));
  // The logarithm's rounding may miss a boundary by one.
  while (i > 0 && t < begin(i)) --i;
  while (t >= begin(i + 1)) ++i;
  return {first * std::pow(growth, i), t - begin(i)};
}

}  // namespace

ScheduleKind warm_restarts_schedule() {
  return {.id = "warm_restarts",
          .summary = "SGDR: falls along a cosine, starts again from 1 at the end of each period",
          .formula =
              "m(t) = eta_min + (1 - eta_min) (1 + cos(pi T_cur / T_i)) / 2, "
              "T_0 = period, T_(i+1) = growth T_i",
          .citation = "Loshchilov and Hutter, SGDR, ICLR 2017, eq. (5)",
          .per = Per::fractional_epoch,
          .parameters = {real_parameter("period", 10, kPositive, "T_0: length of the first one"),
                         real_parameter("growth", 1, {1, 1000}, "T_mult: each over the one before"),
                         real_parameter("eta_min", 0, kFromNoneToAll,
                                        "the multiplier that a period ends at")},
          .make = [](const PartSpec& v) {
            return rule([first = v["period"], growth = v["growth"], low = v["eta_min"]](double t) {
              const auto [length, current] = period_at(t, first, growth);
              return low + (1 - low) * 0.5 * (1 + std::cos(std::numbers::pi * (current / length)));
            });
          }};
}

}  // namespace ravine::harness
