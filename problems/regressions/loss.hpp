// Losses of one sample: of its margin z = x'w and its label y.
#pragma once

#include <cmath>
#include <cstdint>

namespace ravine::problems {

enum class Loss : std::int32_t { squared, logistic, perceptron, hinge, squared_hinge };

/// phi(z, y) and its first two derivatives in z. With m = y z, y = -1 or 1:
///   squared        1/2 (z - y)^2, y any number
///   logistic       log(1 + exp(-m)), by exp(-|m|), which neither overflows nor loses digits
///   perceptron     max(0, -m)
///   hinge          max(0, 1 - m)
///   squared_hinge  1/2 max(0, 1 - m)^2
/// At the kinks of perceptron and hinge the derivative is 0, of all subgradients; second
/// derivatives at kinks are 0.
struct LossAt {
  double value = 0, slope = 0, curvature = 0;
};

/// max(0, a), and NaN for NaN.
inline double positive_part(double a) { return a <= 0 ? 0 : a; }

inline LossAt loss_at(Loss loss, double z, double y) {
  const double m = y * z;
  switch (loss) {
    case Loss::squared:
      return {0.5 * ((z - y) * (z - y)), z - y, 1};
    case Loss::logistic: {
      const double e = std::exp(-std::abs(m));
      const double against = (m > 0 ? e : 1) / (1 + e);  // 1 / (1 + exp m)
      return {positive_part(-m) + std::log1p(e), -y * against, e / ((1 + e) * (1 + e))};
    }
    case Loss::perceptron:
      return {positive_part(-m), m < 0 ? -y : 0, 0};
    case Loss::hinge:
      return {positive_part(1 - m), m < 1 ? -y : 0, 0};
    case Loss::squared_hinge: {
      const double short_of = positive_part(1 - m);
      return {0.5 * (short_of * short_of), -y * short_of, m < 1 ? 1.0 : 0.0};
    }
  }
  return {};
}

/// Largest phi'' for |y| = 1; 0 where the slope jumps.
inline double steepest(Loss loss) {
  switch (loss) {
    case Loss::squared:
    case Loss::squared_hinge:
      return 1;
    case Loss::logistic:
      return 0.25;
    case Loss::perceptron:
    case Loss::hinge:
      return 0;
  }
  return 0;
}

}  // namespace ravine::problems
