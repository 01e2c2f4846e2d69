// Hager and Zhang's search (A new conjugate gradient method with guaranteed descent and an
// efficient line search, SIAM J. Optim. 16, 2005, section 4) for the approximate Wolfe conditions
//   (2 c1 - 1) phi'(0) >= phi'(a) >= c2 phi'(0)   and   phi(a) <= phi(0) + epsilon |phi(0)|
// or the Wolfe conditions
//   phi(a) <= phi(0) + c1 a phi'(0)   and   phi'(a) >= c2 phi'(0).
// Near a minimum the former can be decided to more digits than the latter. Used as StrongWolfe.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk/line_search/base.hpp"

namespace ravine::sdk {

struct HagerZhangSettings {
  double c1 = 0.1;        ///< the paper's delta, in (0, 1/2)
  double c2 = 0.9;        ///< sigma, in [delta, 1)
  double epsilon = 1e-6;  ///< the rise allowed to the approximate conditions, times |phi(0)|
  double theta = 0.5;     ///< where an interval is cut in update
  double gamma = 0.66;    ///< an iteration shrinks the interval by this at least
  double rho = 5;         ///< how the first bracket grows
  int trials = 50;
};

class HagerZhang : public LineSearchBase {
 public:
  explicit HagerZhang(std::size_t n, const HagerZhangSettings& settings = {})
      : LineSearchBase(n, settings.trials, 0), s_(settings) {}

  [[nodiscard]] std::int32_t search(const Function& function, std::span<double> x, double& f,
                                    std::span<double> g, std::span<const double> d,
                                    double first_step) {
    return search_by([&](const Line& line) { return find(line, first_step); }, function, x, f, g,
                     d);
  }

 private:
  // (4.3): phi(a) <= phi(0) + epsilon, phi'(a) < 0, and phi'(b) >= 0 once bracketed.
  struct Interval {
    LinePoint a, b;
  };

  // What follows answers RAVINE_OK both to go on and at the end, when satisfied() holds.
  std::int32_t find(const Line& line, double first_step) {
    ceiling_ = start().f + s_.epsilon * std::fabs(start().f);
    Interval i;
    std::int32_t status = bracket(line, first_step, i);
    while (status == RAVINE_OK && !satisfied()) {  // L1 to L3
      const double width = i.b.step - i.a.step;
      status = secant2(line, i);
      if (status != RAVINE_OK || satisfied()) break;
      if (i.b.step - i.a.step > s_.gamma * width)
        status = update(line, i, i.a.step + 0.5 * (i.b.step - i.a.step));
    }
    return status;
  }

  // B0 to B3.
  std::int32_t bracket(const Line& line, double c, Interval& i) {
    i.a = start();
    while (true) {
      LinePoint p{c};
      if (const auto status = look(line, p); status != RAVINE_OK || satisfied()) return status;
      if (std::isfinite(p.f) && p.slope >= 0) {
        i.b = p;
        return RAVINE_OK;
      }
      if (p.f > ceiling_) {
        i.a = start();
        return cut(line, i, p);
      }
      i.a = p;
      c *= s_.rho;
    }
  }

  // U0 to U3.
  std::int32_t update(const Line& line, Interval& i, double c) {
    if (!(c > i.a.step && c < i.b.step)) return RAVINE_OK;
    LinePoint p{c};
    if (const auto status = look(line, p); status != RAVINE_OK || satisfied()) return status;
    if (std::isfinite(p.f) && p.slope >= 0) {
      i.b = p;
    } else if (p.f <= ceiling_) {
      i.a = p;
    } else {
      return cut(line, i, p);
    }
    return RAVINE_OK;
  }
  // U3: below `high` the slope is negative and the value too high, so that a minimum lies between.
  std::int32_t cut(const Line& line, Interval& i, const LinePoint& high) {
    i.b = high;
    while (true) {
      LinePoint p{(1 - s_.theta) * i.a.step + s_.theta * i.b.step};
      if (const auto status = look(line, p); status != RAVINE_OK || satisfied()) return status;
      const bool finite = std::isfinite(p.f);
      if (!finite || p.slope >= 0 || p.f > ceiling_) {
        i.b = p;
        if (finite && p.slope >= 0) return RAVINE_OK;
      } else {
        i.a = p;
      }
    }
  }

  // S1 to S4.
  std::int32_t secant2(const Line& line, Interval& i) {
    const Interval before = i;
    const double c = secant_zero(i.a, i.b);
    if (const auto status = update(line, i, c); status != RAVINE_OK || satisfied()) return status;
    if (c == i.b.step) return update(line, i, secant_zero(before.b, i.b));
    if (c == i.a.step) return update(line, i, secant_zero(before.a, i.a));
    return RAVINE_OK;
  }

  std::int32_t look(const Line& line, LinePoint& p) {
    if (const auto status = evaluate(line, p); status != RAVINE_OK) return status;
    if (accepted(p)) return accept(p);
    if (p.f < best().f) keep(p);
    return RAVINE_OK;
  }
  [[nodiscard]] bool accepted(const LinePoint& p) const {
    const double slope = start().slope;
    if (!std::isfinite(p.f) || p.slope < s_.c2 * slope) return false;
    if (p.f - start().f <= s_.c1 * p.step * slope) return true;
    return p.slope <= (2 * s_.c1 - 1) * slope && p.f <= ceiling_;
  }

  HagerZhangSettings s_;
  double ceiling_ = 0;
};

}  // namespace ravine::sdk
