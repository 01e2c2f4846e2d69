// The norm in which gradients are judged.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

namespace ravine::harness {

/// max |x_i|; NaN where an entry is.
inline double max_norm(std::span<const double> x) {
  double largest = 0;
  for (const double v : x) {
    if (std::isnan(v)) return v;
    largest = std::max(largest, std::fabs(v));
  }
  return largest;
}

}  // namespace ravine::harness
