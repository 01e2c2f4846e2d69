// The strong Wolfe conditions by Moré and Thuente's search (Line search algorithms with guaranteed
// sufficient decrease, ACM TOMS 20, 1994): an interval that always holds such a step, a modified
// function psi(a) = phi(a) - phi(0) - c1 a phi'(0) until the first condition is met, and four cases
// of interpolation. Used as StrongWolfe; the conditions are stated there.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk/line_search/strong_wolfe.hpp"

namespace ravine::sdk {

class MoreThuente : public LineSearchBase {
 public:
  explicit MoreThuente(std::size_t n, const WolfeSettings& settings = {})
      : LineSearchBase(n, settings.trials, settings.rounding), c1_(settings.c1), c2_(settings.c2) {}

  [[nodiscard]] std::int32_t search(const Function& function, std::span<double> x, double& f,
                                    std::span<double> g, std::span<const double> d,
                                    double first_step) {
    return search_by([&](const Line& line) { return find(line, first_step); }, function, x, f, g,
                     d);
  }

 private:
  // The paper's interval I, with ends x (of the lowest value) and y; values less phi(0).
  struct Interval {
    LinePoint x, y;
    bool bracketed = false;
    double low = 0, high = HUGE_VAL;  // where the next trial may lie
  };

  std::int32_t find(const Line& line, double step) {
    const double tilt = c1_ * start().slope;
    Interval interval;
    interval.x = interval.y = {0, 0, start().slope};
    interval.high = 5 * step;   // step + 4 step
    double ceiling = HUGE_VAL;  // beyond it f is not finite
    double width = HUGE_VAL;
    double width_before = HUGE_VAL;
    bool first_stage = true;  // psi rather than phi
    while (true) {
      LinePoint next{step};
      if (const auto status = evaluate(line, next); status != RAVINE_OK) return status;
      if (!std::isfinite(next.f)) {
        if (step > interval.x.step) ceiling = step;
        step = interval.x.step + 0.5 * (step - interval.x.step);
        continue;
      }
      if (decreases(next, c1_) && flattens(next, c2_)) return accept(next);
      LinePoint t = above_start(next);
      const bool low_enough = t.f <= step * tilt;
      if (first_stage && low_enough && t.slope >= 0) first_stage = false;
      const bool modified = first_stage && t.f <= interval.x.f && !low_enough;
      if (modified) shear(interval, t, -tilt);
      step = interpolated(interval, t);
      shrink(interval, t);
      if (modified) shear(interval, t, tilt);
      if (interval.x.step == t.step) keep(next);

      // Two trials must shrink the interval by a third: section 4 of the paper.
      const double from_x = interval.y.step - interval.x.step;
      if (interval.bracketed) {
        if (std::fabs(from_x) >= 0.66 * width_before) step = interval.x.step + 0.5 * from_x;
        width_before = width;
        width = std::fabs(from_x);
        interval.low = std::min(interval.x.step, interval.y.step);
        interval.high = std::max(interval.x.step, interval.y.step);
        if (!std::isfinite(step)) step = interval.x.step + 0.5 * from_x;
        // Nothing representable is left between the ends.
        if (step <= interval.low || step >= interval.high) return RAVINE_NO_PROGRESS;
      } else {
        interval.low = step + 1.1 * (step - interval.x.step);
        interval.high = step + 4 * (step - interval.x.step);
        if (step >= ceiling) step = interval.x.step + 0.5 * (ceiling - interval.x.step);
      }
    }
  }

  // Values less phi(0), where they differ by more than rounding; otherwise the rise that the slopes
  // tell, exact for a quadratic.
  [[nodiscard]] LinePoint above_start(LinePoint a) const {
    a.f = plateau(a, start()) ? a.step * (start().slope + a.slope) / 2 : a.f - start().f;
    return a;
  }
  // phi <-> psi.
  static void shear(Interval& interval, LinePoint& t, double tilt) {
    for (LinePoint* p : {&interval.x, &interval.y, &t}) {
      p->f += p->step * tilt;
      p->slope += tilt;
    }
  }

  // The next trial, from x, y and the trial t: the four cases of section 4.
  static double interpolated(Interval& i, const LinePoint& t) {
    const LinePoint& x = i.x;
    const double cubic = cubic_minimizer(x, t);
    const bool right = t.step > x.step;
    if (t.f > x.f) {  // 1: higher; the minimum is bracketed
      i.bracketed = true;
      const double quadratic = quadratic_minimizer(x, t);
      if (std::fabs(cubic - x.step) < std::fabs(quadratic - x.step)) return cubic;
      return cubic + (quadratic - cubic) / 2;
    }
    const double secant = secant_zero(x, t);
    if (t.slope * x.slope < 0) {  // 2: lower, slopes of opposite signs; bracketed
      i.bracketed = true;
      return std::fabs(cubic - t.step) > std::fabs(secant - t.step) ? cubic : secant;
    }
    if (std::fabs(t.slope) < std::fabs(x.slope)) {  // 3: lower, same sign, flatter
      // The cubic has a minimum ahead of t, or counts as infinitely far.
      const bool ahead = right ? cubic > t.step : cubic < t.step;
      const double far = ahead ? cubic : (right ? i.high : i.low);
      const bool nearer = std::fabs(far - t.step) < std::fabs(secant - t.step);
      if (!i.bracketed) return std::clamp(nearer ? secant : far, i.low, i.high);
      const double bound = t.step + 0.66 * (i.y.step - t.step);
      const double chosen = nearer ? far : secant;
      return right ? std::min(bound, chosen) : std::max(bound, chosen);
    }
    // 4: lower, same sign, no flatter.
    if (i.bracketed) return cubic_minimizer(i.y, t);
    return right ? i.high : i.low;
  }
  // The updating algorithm of section 2: t takes the place of an end.
  static void shrink(Interval& i, const LinePoint& t) {
    if (t.f > i.x.f) {
      i.y = t;
      return;
    }
    if (t.slope * i.x.slope < 0) i.y = i.x;
    i.x = t;
  }

  double c1_, c2_;
};

}  // namespace ravine::sdk
