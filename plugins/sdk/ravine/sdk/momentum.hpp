// The declaration of a momentum: the share of a velocity (or of an average) that a step keeps.
#pragma once

#include "ravine/sdk/about.hpp"

namespace ravine::sdk {

/// Legal in [0, 1), searched on the scale of log(1 - beta).
struct Momentum {
  double value = 0.9;
  double tune_low = 0.7;
  double tune_high = 0.995;
  const char* name = "beta";
  const char* meaning = "momentum: the share of the velocity that a step keeps";
  const char* condition = "";
};
constexpr ravine_parameter momentum(const Momentum& p = {}) {
  return real({.name = p.name,
               .meaning = p.meaning,
               .value = p.value,
               .minimum = 0,
               .maximum = 1,
               .tune_low = p.tune_low,
               .tune_high = p.tune_high,
               .open = RAVINE_OPEN_MAXIMUM,
               .scale = RAVINE_ONE_MINUS_LOG,
               .condition = p.condition});
}

}  // namespace ravine::sdk
