// A line search for the strong Wolfe conditions, for any optimizer that has f and g:
//   f(x + a d) <= f(x) + c1 a g'd   and   |g(x + a d)'d| <= c2 |g'd|
// by bracketing and zoom (Nocedal and Wright 2006, Algorithms 3.5 and 3.6). What they leave open:
// the next trial is the minimizer of the cubic through the last two points of Algorithm 3.5, or the
// bracket's ends in 3.6 (their (3.59)). Beyond a_i it is moved into 1.1 to 4 times the last stride
// further, 4 where the cubic has none. Within a bracket it is kept a tenth of the width off either
// end; the middle replaces it where the cubic has none, f is infinite at an end, or the last trial
// has left more than 0.66 of the width. Where values are equal within rounding (base.hpp) the zero
// of the line through both slopes takes the cubic's place.
//
//   ravine::sdk::StrongWolfe search_{n, {.c2 = 0.9}};           // a member: it keeps scratch
//   status = search_.search(f, x, value, g, d, 1.0);            // x, value, g move along d
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk/line_search/base.hpp"

namespace ravine::sdk {

struct WolfeSettings {
  double c1 = 1e-4;
  double c2 = 0.9;          ///< 0.9 for quasi-Newton directions, 0.1 to 0.4 for conjugate gradients
  int trials = 40;          ///< evaluations at most
  double rounding = 1e-14;  ///< some 50 ulp, what summing a few hundred terms costs
};

class StrongWolfe : public LineSearchBase {
 public:
  explicit StrongWolfe(std::size_t n, const WolfeSettings& settings = {})
      : LineSearchBase(n, settings.trials, settings.rounding), c1_(settings.c1), c2_(settings.c2) {}

  [[nodiscard]] std::int32_t search(const Function& function, std::span<double> x, double& f,
                                    std::span<double> g, std::span<const double> d,
                                    double first_step) {
    return search_by([&](const Line& line) { return bracket(line, first_step); }, function, x, f, g,
                     d);
  }

 private:
  // best() is the lowest point that satisfies the first condition.
  std::int32_t bracket(const Line& line, double step) {
    while (true) {
      LinePoint next{step};
      if (const auto status = evaluate(line, next); status != RAVINE_OK) return status;
      if (too_high(next)) return zoom(line, next);
      if (flattens(next, c2_)) return accept(next);
      const LinePoint previous = best();
      keep(next);
      if (next.slope >= 0) return zoom(line, previous);
      // Between 1.1 and 4 times the last stride beyond it, as Moré and Thuente (1994) extrapolate.
      const double stride = next.step - previous.step;
      const double furthest = next.step + 4 * stride;
      step = safeguarded(guess(previous, next), next.step + 1.1 * stride, furthest, furthest);
    }
  }

  // A step that satisfies both conditions lies between best() and high; high may lie on either
  // side.
  std::int32_t zoom(const Line& line, LinePoint high) {
    double width_before = HUGE_VAL;
    while (true) {
      const LinePoint low = best();
      const double width = high.step - low.step;
      const double middle = low.step + 0.5 * width;
      const double near = low.step + 0.1 * width;
      const double far = low.step + 0.9 * width;
      LinePoint next{middle};
      // An infinite end has no shape; and where the last trial has left most of the bracket,
      // interpolation creeps along one end of it.
      if (std::isfinite(high.f) && std::fabs(width) < 0.66 * width_before)
        next.step = safeguarded(guess(low, high), std::min(near, far), std::max(near, far), middle);
      width_before = std::fabs(width);
      if (const auto status = evaluate(line, next); status != RAVINE_OK) return status;
      if (too_high(next)) {
        high = next;
        continue;
      }
      if (flattens(next, c2_)) return accept(next);
      if (next.slope * width >= 0) high = low;
      keep(next);
    }
  }

  [[nodiscard]] double guess(const LinePoint& a, const LinePoint& b) const {
    return plateau(a, b) ? secant_zero(a, b) : cubic_minimizer(a, b);
  }
  // Not to be kept: breaks the first condition, or lies above the best.
  [[nodiscard]] bool too_high(const LinePoint& a) const {
    if (plateau(a, start())) return !decreases(a, c1_);
    return !decreases(a, c1_) || (a.f >= best().f && !plateau(a, best()));
  }

  double c1_, c2_;
};

}  // namespace ravine::sdk
