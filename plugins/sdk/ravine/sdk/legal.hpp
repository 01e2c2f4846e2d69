// Whether a setting lies in its declared range. The host hands over legal ones only; a library that
// is called by another host refuses the others all the same.
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>

#include "ravine/plugin.h"

namespace ravine::sdk {

/// The shortest text that reads back to this number.
inline std::string text(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

/// "(0, inf)", with the open ends as parentheses.
inline std::string range_text(const ravine_parameter& p) {
  return ((p.open & RAVINE_OPEN_MINIMUM) != 0 ? "(" : "[") + text(p.minimum) + ", " +
         text(p.maximum) + ((p.open & RAVINE_OPEN_MAXIMUM) != 0 ? ")" : "]");
}

inline bool is_legal(const ravine_parameter& p, double value) {
  const bool above = (p.open & RAVINE_OPEN_MINIMUM) != 0 ? value > p.minimum : value >= p.minimum;
  const bool below = (p.open & RAVINE_OPEN_MAXIMUM) != 0 ? value < p.maximum : value <= p.maximum;
  return std::isfinite(value) && above && below &&
         (p.type == RAVINE_REAL || value == std::floor(value));
}

/// Why a value is refused: "beta = 1 is not legal: it must be in [0, 1)".
inline std::string refusal(const ravine_parameter& p, double value) {
  return std::string(p.name) + " = " + text(value) + " is not legal: it must be " +
         (p.type == RAVINE_REAL ? "in " : "a whole number in ") + range_text(p);
}

}  // namespace ravine::sdk
