// A momentum that rises as the steps are done (Sutskever, Martens, Dahl and Hinton 2013, (5)).
#pragma once

#include <algorithm>
#include <cstdint>

#include "ravine/sdk/about.hpp"

namespace ravine::sdk {

/// The declaration of "ramp", off by default.
constexpr ravine_parameter momentum_ramp(const char* condition) {
  return boolean("ramp",
                 "beta is the most that min(1 - 2^(-1 - log2(floor(t / 250) + 1)), beta) rises to, "
                 "t = 1, 2, ... the step (Sutskever et al. 2013): 0.5, 0.75, 0.83, ... for 250 "
                 "steps each",
                 false, condition);
}

/// The momentum of step t = 1, 2, ... on the way to beta.
inline double ramped_momentum(double beta, std::uint64_t t) {
  const std::uint64_t level = t / 250 + 1;
  return std::min(1 - 0.5 / static_cast<double>(level), beta);
}

}  // namespace ravine::sdk
