// A momentum that rises as the steps are done (Sutskever, Martens, Dahl and Hinton 2013, (5)).
#pragma once

#include <algorithm>
#include <cstdint>

#include "ravine/sdk/about.hpp"
#include "ravine/sdk/start.hpp"

namespace ravine::sdk {

class MomentumRamp {
 public:
  /// The declarations of "ramp", off by default, and of "ramp_last".
  static constexpr ravine_parameter on(const char* condition) {
    return boolean("ramp",
                   "beta is the most that min(1 - 2^(-1 - log2(floor(t / 250) + 1)), beta) rises "
                   "to, t = 1, 2, ... the step (Sutskever et al. 2013): 0.5, 0.75, 0.83, ... for "
                   "250 steps each",
                   false, condition);
  }
  static constexpr ravine_parameter last() {
    return integer({.name = "ramp_last",
                    .meaning = "in so many iterations before the planned end beta is at most 0.9, "
                               "for a last approach with less noise (1000 in Sutskever et al.)",
                    .value = 0,
                    .minimum = 0,
                    .maximum = 1e9,
                    .tune_low = 0,
                    .tune_high = 1000,
                    .unit = "steps",
                    .condition = "ramp = true"});
  }

  explicit MomentumRamp(const Start& start) : on_(start.flag("ramp")) {
    const std::uint64_t last = start.count_setting("ramp_last");
    if (!on_ || last == 0) return;
    const std::uint64_t horizon = start.task().horizon;
    if (horizon == 0)
      throw Refused("ramp_last needs a task that says how many iterations are planned");
    last_from_ = horizon - std::min(horizon, last);
  }

  [[nodiscard]] bool on() const { return on_; }

  /// The momentum of step t = 1, 2, ... on the way to beta, in the iteration-th from 0 of all.
  [[nodiscard]] double momentum(double beta, std::uint64_t t, std::uint64_t iteration) const {
    if (!on_) return beta;
    const std::uint64_t level = t / 250 + 1;
    return std::min(
        {1 - 0.5 / static_cast<double>(level), beta, iteration >= last_from_ ? 0.9 : 1.0});
  }

 private:
  bool on_;
  std::uint64_t last_from_ = UINT64_MAX;
};

}  // namespace ravine::sdk
