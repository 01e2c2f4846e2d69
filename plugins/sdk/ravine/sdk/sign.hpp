// The sign of a number, for methods that step by signs.
#pragma once

namespace ravine::sdk {

/// 1, 0 or -1; 0 for both zeros. NaN stays NaN: a step by it shows instead of standing still.
inline double sign(double v) {
  const double s = static_cast<double>(v > 0) - static_cast<double>(v < 0);
  return v == v ? s : v;
}

}  // namespace ravine::sdk
