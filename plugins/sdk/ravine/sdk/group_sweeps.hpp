// f minimized over a group of variables by sweeps of exact coordinate steps,
//   x_i <- x_i - f_i / f_ii,   f_i = df/dx_i,  f_ii = d2f/dx_i^2,
// through one cursor: 1/n gradient a step. For methods that move one group at a time; they name
// RAVINE_EXTENSION_PARTIALS in their kAbout.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ravine/sdk/about.hpp"
#include "ravine/sdk/groups.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/partials.hpp"
#include "ravine/sdk/start.hpp"

namespace ravine::sdk {

/// "inner_tolerance", legal in [0, 1): where the work within a group ends.
constexpr ravine_parameter inner_tolerance(double value, const char* meaning) {
  return real({.name = "inner_tolerance",
               .meaning = meaning,
               .value = value,
               .minimum = 0,
               .maximum = 1,
               .tune_low = 1e-12,
               .tune_high = 0.5,
               .open = RAVINE_OPEN_MAXIMUM,
               .scale = RAVINE_LOG});
}
/// "inner_iterations", at least 1: its limit.
constexpr ravine_parameter inner_iterations(double value, const char* meaning) {
  return integer({.name = "inner_iterations",
                  .meaning = meaning,
                  .value = value,
                  .minimum = 1,
                  .maximum = 1e6,
                  .tune_low = 1,
                  .tune_high = 1000,
                  .scale = RAVINE_LOG,
                  .unit = "iterations"});
}

class GroupSweeps {
 public:
  /// `wanted`: false makes every turn RAVINE_NO_PROGRESS, at no cost. For an optimizer that
  /// declares the two hyperparameters above.
  GroupSweeps(const Start& start, bool wanted)
      : tolerance_(start.setting("inner_tolerance")),
        sweeps_(start.count_setting("inner_iterations")),
        usable_(wanted &&
                start.oracle().extension(&start.oracle(), RAVINE_EXTENSION_PARTIALS) != nullptr) {}

  /// Sweeps until the slopes that one meets are together at most inner_tolerance times those of the
  /// first one, or inner_iterations times. RAVINE_OK: x has moved and f has not risen beyond
  /// rounding; here.f and here.x are of the new x, here.g is unknown. RAVINE_NO_PROGRESS: x is as
  /// it was, for nothing moved, f rose, or a coordinate's curvature was not positive; another way
  /// has to be found. Costs a value, beside the cursor's, and one more where x is not as left.
  [[nodiscard]] std::int32_t minimize(const Function& function, std::span<double> x,
                                      KnownPoint& here, const std::vector<Groups::Range>& group) {
    if (!usable_) return RAVINE_NO_PROGRESS;
    if (const auto status = look(function, x, here); status != RAVINE_OK) return status;
    auto status = sweep(function, x, group);
    double f = 0;
    if (status == RAVINE_OK) status = function.value(x, f);
    if (status == RAVINE_OK && f <= here.f + kRounding * std::fabs(here.f)) {
      here.f = f;
      leave(function, x, here);
      return RAVINE_OK;
    }
    std::copy(here.x.begin(), here.x.end(), x.begin());
    if (status == RAVINE_NOT_SUPPORTED) usable_ = false;  // no second derivatives
    const bool lost =
        status == RAVINE_OK || status == RAVINE_OUT_OF_DOMAIN || status == RAVINE_NOT_SUPPORTED;
    return lost ? RAVINE_NO_PROGRESS : status;
  }

  /// The objective has changed.
  void forget() { f_known_ = false; }

  template <class Archive>
  void state(Archive& archive) {
    archive(f_known_);
  }

 private:
  static constexpr double kRounding = 1e-14;  // values closer than this times |f| are equal

  std::int32_t look(const Function& function, std::span<const double> x, KnownPoint& here) {
    if ((here.known || f_known_) && function.ticket() == RAVINE_FULL && same(x, here.x))
      return RAVINE_OK;
    f_known_ = here.known = false;
    const auto status = function.value(x, here.f);
    if (status == RAVINE_OK) leave(function, x, here);
    return status == RAVINE_OUT_OF_DOMAIN ? RAVINE_NO_PROGRESS : status;
  }
  void leave(const Function& function, std::span<const double> x, KnownPoint& here) {
    std::copy(x.begin(), x.end(), here.x.begin());
    here.known = false;
    f_known_ = function.ticket() == RAVINE_FULL;
  }

  std::int32_t sweep(const Function& function, std::span<double> x,
                     const std::vector<Groups::Range>& group) const {
    Cursor cursor(function);
    if (const auto status = cursor.open(x); status != RAVINE_OK) return status;
    bool moved = false;
    double first = 0;
    for (std::size_t k = 0; k < sweeps_; ++k) {
      double squares = 0;  // of the slopes met
      for (const Groups::Range& range : group)
        for (std::size_t i = range.begin; i < range.end; ++i) {
          double slope = 0, curvature = 0;
          const auto status = cursor.both(i, slope, curvature);
          if (status != RAVINE_OK) return status;
          squares += slope * slope;
          if (slope == 0) continue;
          const double delta = -(slope / curvature);
          if (!(curvature > 0) || !std::isfinite(delta)) return RAVINE_NO_PROGRESS;
          if (x[i] + delta == x[i]) continue;
          moved = true;
          if (const auto moving = cursor.move(i, delta); moving != RAVINE_OK) return moving;
        }
      if (k == 0) first = squares;
      if (squares == 0 || (k > 0 && squares <= tolerance_ * tolerance_ * first)) break;
    }
    return moved ? RAVINE_OK : RAVINE_NO_PROGRESS;
  }

  double tolerance_;
  std::size_t sweeps_;
  bool usable_;
  bool f_known_ = false;  // whether here.f is that at here.x though here.g is not
};

}  // namespace ravine::sdk
