// What every line search shares: points on the ray x + a d of one search, the best of them kept
// with its gradient, and the rules for values that are not finite or drown in rounding.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk/array.hpp"
#include "ravine/sdk/function.hpp"
#include "ravine/sdk/line_search/interpolate.hpp"
#include "ravine/sdk/vector.hpp"

namespace ravine::sdk {

/// Every search has one function:
///   std::int32_t search(function, x, f, g, d, first_step);
/// It moves x along d, trying `first_step` > 0 first, and leaves f and g of the new x; f and g are
/// those at x when called. An evaluation costs a value and a gradient.
/// RAVINE_OK: x, f and g are of the accepted point; `satisfied` says whether all that the search
/// promises holds there, or only that f has fallen, the trials having run out.
/// RAVINE_NO_PROGRESS: d is no descent direction, or no step along it lowers f.
/// Anything else is the oracle's (RAVINE_STOP, ...), to be returned by the step. On all but
/// RAVINE_OK x, f and g are as they were. Steps to where f is undefined, NaN or infinite are cut.
///
/// Values closer than rounding * |f(x)| are equal: there f says nothing of a step any more and the
/// slope decides alone, as in Hager and Zhang's approximate Wolfe conditions (SIAM J. Optim. 16,
/// 2005, (4.1)).
class LineSearchBase {
 public:
  [[nodiscard]] bool satisfied() const { return satisfied_; }
  [[nodiscard]] double step() const { return best_.step; }  ///< a of the accepted point
  [[nodiscard]] int trials() const { return trials_; }      ///< evaluations of the last search

 protected:
  LineSearchBase(std::size_t n, int trials, double rounding)
      : limit_(trials), rounding_(rounding), trial_x_(n), trial_g_(n), best_g_(n) {}

  /// find() looks for a step by `evaluate` and `keep`s the best; search() is this, with its find.
  template <class Find>
  [[nodiscard]] std::int32_t search_by(Find&& find, const Function& function, std::span<double> x,
                                       double& f, std::span<double> g, std::span<const double> d) {
    start_ = best_ = {0, f, dot(g, d)};
    trials_ = 0;
    satisfied_ = false;
    if (!(start_.slope < 0) || !std::isfinite(start_.slope) || !std::isfinite(f))
      return RAVINE_NO_PROGRESS;
    noise_ = rounding_ * std::fabs(f);
    std::int32_t status = find(Line{function, x, d});
    if (status == RAVINE_NO_PROGRESS && best_.step > 0 && best_.f < start_.f) status = RAVINE_OK;
    if (status != RAVINE_OK) return status;
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += best_.step * d[i];
    f = best_.f;
    for (std::size_t i = 0; i < x.size(); ++i) g[i] = best_g_[i];
    return RAVINE_OK;
  }

  struct Line {
    const Function& function;
    std::span<const double> x, d;
  };

  /// phi and phi' at point.step; phi is +infinity where it is undefined or not finite.
  /// RAVINE_NO_PROGRESS where the trials are used up or the step no longer moves x.
  [[nodiscard]] std::int32_t evaluate(const Line& line, LinePoint& point) {
    if (trials_ == limit_) return RAVINE_NO_PROGRESS;
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
  /// The point evaluated last becomes the best.
  void keep(const LinePoint& point) {
    best_ = point;
    best_g_.swap(trial_g_);
  }
  /// As keep, and the search is over.
  [[nodiscard]] std::int32_t accept(const LinePoint& point) {
    keep(point);
    satisfied_ = true;
    return RAVINE_OK;
  }

  [[nodiscard]] const LinePoint& start() const { return start_; }
  [[nodiscard]] const LinePoint& best() const { return best_; }
  [[nodiscard]] bool plateau(const LinePoint& a, const LinePoint& b) const {
    return std::fabs(a.f - b.f) <= noise_;
  }
  /// Armijo: phi(a) <= phi(0) + c1 a phi'(0). On a plateau it reads, for a quadratic,
  /// phi'(a) <= (2 c1 - 1) phi'(0).
  [[nodiscard]] bool decreases(const LinePoint& a, double c1) const {
    if (plateau(a, start_)) return a.slope <= (2 * c1 - 1) * start_.slope;
    return a.f <= start_.f + c1 * a.step * start_.slope;
  }
  /// |phi'(a)| <= c2 |phi'(0)|.
  [[nodiscard]] bool flattens(const LinePoint& a, double c2) const {
    return std::fabs(a.slope) <= -c2 * start_.slope;
  }

 private:
  int limit_;
  double rounding_;
  LinePoint start_, best_;
  double noise_ = 0;
  int trials_ = 0;
  bool satisfied_ = false;

 protected:
  Vector trial_x_, trial_g_;  ///< of the last evaluation

 private:
  Vector best_g_;
};

}  // namespace ravine::sdk
