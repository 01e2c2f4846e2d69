// A line search for the strong Wolfe conditions, for any optimizer that has f and g:
//   f(x + a d) <= f(x) + c1 a g'd   and   |g(x + a d)'d| <= c2 |g'd|
// by bracketing and zoom (Nocedal and Wright 2006, Algorithms 3.5 and 3.6).
//
//   ravine::sdk::StrongWolfe search_{n, {.c2 = 0.9}};           // a member: it keeps scratch
//   status = search_.search(f, x, value, g, d, 1.0);            // x, value, g move along d
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "ravine/sdk/array.hpp"
#include "ravine/sdk/function.hpp"
#include "ravine/sdk/line_search/interpolate.hpp"
#include "ravine/sdk/vector.hpp"

namespace ravine::sdk {

struct WolfeSettings {
  double c1 = 1e-4;
  double c2 = 0.9;  ///< 0.9 for quasi-Newton directions, 0.1 to 0.4 for conjugate gradients
  int trials = 40;  ///< evaluations at most
  /// Values closer than rounding * |f(x)| are equal: there f says nothing of a step any more and
  /// the slope decides alone, as in Hager and Zhang's approximate Wolfe conditions (SIAM J. Optim.
  /// 16, 2005, (4.1)). Some 50 ulp, what summing a few hundred terms costs.
  double rounding = 1e-14;
};

class StrongWolfe {
 public:
  explicit StrongWolfe(std::size_t n, const WolfeSettings& settings = {})
      : settings_(settings), trial_x_(n), trial_g_(n), low_g_(n) {}

  /// Moves x along d, starting with the trial `first_step` > 0, and leaves f and g of the new x.
  /// f and g are those at x when called. An evaluation costs a value and a gradient.
  /// RAVINE_OK: x, f and g are of the accepted point; `wolfe` says whether both conditions hold
  /// there, or only the first, the trials having run out.
  /// RAVINE_NO_PROGRESS: d is no descent direction, or no step along it lowers f.
  /// Anything else is the oracle's (RAVINE_STOP, ...), to be returned by the step. On all but
  /// RAVINE_OK x, f and g are as they were. Steps to where f is undefined, NaN or infinite are cut.
  [[nodiscard]] std::int32_t search(const Function& function, std::span<double> x, double& f,
                                    std::span<double> g, std::span<const double> d,
                                    double first_step) {
    start_ = low_ = {0, f, dot(g, d)};
    trials_ = 0;
    wolfe_ = false;
    if (!(start_.slope < 0) || !std::isfinite(start_.slope) || !std::isfinite(f))
      return RAVINE_NO_PROGRESS;
    noise_ = settings_.rounding * std::fabs(f);
    const Line line{function, x, d};

    std::int32_t status = bracket(line, first_step);
    if (status == RAVINE_NO_PROGRESS && low_.step > 0 && low_.f < start_.f) status = RAVINE_OK;
    if (status != RAVINE_OK) return status;
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += low_.step * d[i];
    f = low_.f;
    for (std::size_t i = 0; i < x.size(); ++i) g[i] = low_g_[i];
    return RAVINE_OK;
  }

  [[nodiscard]] bool wolfe() const { return wolfe_; }
  [[nodiscard]] double step() const { return low_.step; }  ///< a of the accepted point
  [[nodiscard]] int trials() const { return trials_; }     ///< evaluations of the last search

 private:
  struct Line {
    const Function& function;
    std::span<const double> x, d;
  };

  // low_ is the best point that satisfies the first condition, with its gradient in low_g_.
  std::int32_t bracket(const Line& line, double step) {
    while (true) {
      LinePoint next{step};
      if (const auto status = evaluate(line, next); status != RAVINE_OK) return status;
      if (too_high(next)) return zoom(line, next);
      const LinePoint previous = std::exchange(low_, next);
      low_g_.swap(trial_g_);
      if (accepted(next)) return RAVINE_OK;
      if (next.slope >= 0) return zoom(line, previous);
      // Between 1.1 and 4 times the last stride beyond it, as Moré and Thuente (1994) extrapolate.
      const double stride = next.step - previous.step;
      const double furthest = next.step + 4 * stride;
      step = safeguarded(guess(previous, next), next.step + 1.1 * stride, furthest, furthest);
    }
  }

  // A step that satisfies both conditions lies between low_ and high; high may lie on either side.
  std::int32_t zoom(const Line& line, LinePoint high) {
    double width_before = HUGE_VAL;
    while (true) {
      const double width = high.step - low_.step;
      const double middle = low_.step + 0.5 * width;
      const double near = low_.step + 0.1 * width;
      const double far = low_.step + 0.9 * width;
      LinePoint next{middle};
      // An infinite end has no shape; and where two trials have not shrunk the bracket by a third,
      // interpolation creeps along one end of it.
      if (std::isfinite(high.f) && std::fabs(width) < 0.66 * width_before)
        next.step =
            safeguarded(guess(low_, high), std::min(near, far), std::max(near, far), middle);
      width_before = std::fabs(width);
      if (const auto status = evaluate(line, next); status != RAVINE_OK) return status;
      if (too_high(next)) {
        high = next;
        continue;
      }
      if (next.slope * width >= 0) high = low_;
      low_ = next;
      low_g_.swap(trial_g_);
      if (accepted(next)) return RAVINE_OK;
    }
  }

  [[nodiscard]] bool plateau(const LinePoint& a, const LinePoint& b) const {
    return std::fabs(a.f - b.f) <= noise_;
  }
  [[nodiscard]] double guess(const LinePoint& a, const LinePoint& b) const {
    return plateau(a, b) ? secant_zero(a, b) : cubic_minimizer(a, b);
  }
  // Not to be kept: breaks the first condition, or lies above low_. On a plateau the first
  // condition reads, for a quadratic, phi'(a) <= (2 c1 - 1) phi'(0).
  [[nodiscard]] bool too_high(const LinePoint& a) const {
    if (plateau(a, start_)) return a.slope > (2 * settings_.c1 - 1) * start_.slope;
    return a.f > start_.f + settings_.c1 * a.step * start_.slope ||
           (a.f >= low_.f && !plateau(a, low_));
  }
  // Of a point that is not too high.
  [[nodiscard]] bool accepted(const LinePoint& a) {
    wolfe_ = std::fabs(a.slope) <= -settings_.c2 * start_.slope;
    return wolfe_;
  }

  // phi and phi' at point.step; the gradient into trial_g_.
  std::int32_t evaluate(const Line& line, LinePoint& point) {
    if (trials_ == settings_.trials) return RAVINE_NO_PROGRESS;
    bool moved = false;
    for (std::size_t i = 0; i < line.x.size(); ++i) {
      trial_x_[i] = line.x[i] + point.step * line.d[i];
      moved = moved || trial_x_[i] != line.x[i];
    }
    if (!moved) return RAVINE_NO_PROGRESS;
    ++trials_;
    const auto status = line.function.value_and_gradient(trial_x_, point.f, trial_g_);
    if (status != RAVINE_OK && status != RAVINE_OUT_OF_DOMAIN) return status;
    if (status == RAVINE_OK) point.slope = dot(trial_g_, line.d);
    if (status == RAVINE_OUT_OF_DOMAIN || !std::isfinite(point.f) || !std::isfinite(point.slope))
      point.f = HUGE_VAL;
    return RAVINE_OK;
  }

  WolfeSettings settings_;
  LinePoint start_, low_;
  double noise_ = 0;
  int trials_ = 0;
  bool wolfe_ = false;
  Vector trial_x_, trial_g_, low_g_;
};

}  // namespace ravine::sdk
