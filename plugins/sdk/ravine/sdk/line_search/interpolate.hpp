// Where a line search tries next, between or beyond two steps at which it knows f and its slope.
#pragma once

#include <algorithm>
#include <cmath>

namespace ravine::sdk {

/// A step a along a line, phi(a) = f(x + a d) and phi'(a). phi is +infinity, and the slope
/// meaningless, where f is undefined or not finite.
struct LinePoint {
  double step = 0;
  double f = 0;
  double slope = 0;
};

/// Minimizer of the cubic with the values and slopes of a and b (Nocedal and Wright 2006, (3.59)).
/// NaN where that cubic has none.
inline double cubic_minimizer(const LinePoint& a, const LinePoint& b) {
  const double d1 = a.slope + b.slope - 3 * (a.f - b.f) / (a.step - b.step);
  const double d2 = std::copysign(std::sqrt(d1 * d1 - a.slope * b.slope), b.step - a.step);
  return b.step - (b.step - a.step) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2));
}

/// Minimizer of the parabola with the values of a and b and the slope of a.
inline double quadratic_minimizer(const LinePoint& a, const LinePoint& b) {
  const double stride = b.step - a.step;
  return a.step + stride * (a.slope / ((a.f - b.f) / stride + a.slope)) / 2;
}

/// Zero of the line through both slopes; NaN or infinite where they are equal.
inline double secant_zero(const LinePoint& a, const LinePoint& b) {
  return a.step - a.slope * ((b.step - a.step) / (b.slope - a.slope));
}

/// `step`, moved into [low, high]; `otherwise` if it is not finite.
inline double safeguarded(double step, double low, double high, double otherwise) {
  return std::isfinite(step) ? std::clamp(step, low, high) : otherwise;
}

}  // namespace ravine::sdk
