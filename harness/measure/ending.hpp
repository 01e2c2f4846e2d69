// Where a deterministic trial ended, and how it got there (protocol.md, "What is recorded of a
// trial", item 7).
#pragma once

#include <cstdint>
#include <span>

#include "harness/measure/area.hpp"
#include "problems/problem.hpp"

namespace ravine::harness {

/// Follows the judged values.
///   overshoot     the largest (f_k - f_0) / (f_0 - f*), 0 where f never rose above f_0
///   saddle steps  iterations from the first that came near a known saddle to the first after it
///                 that is below it by half of f_saddle - f*: how long it took to leave. Near is a
///                 value within 1 % of f_saddle - f*, and, where the saddle is a point, a distance
///                 of at most a tenth of the minimizer's (in max-norms; without one, of
///                 max(1, |x_saddle|)). None where it never came near, or never left
class Course {
 public:
  Course(const problems::Facts& facts, Area& area);
  void saw(std::uint64_t iteration, std::span<const double> x, double value);

 private:
  const problems::Facts& facts_;
  Area& area_;
  double f_start_ = 0;
  bool started_ = false;
  std::vector<std::uint64_t> arrived_;  // at each saddle among the landmarks, kNever before
};

/// Writes down what x is, the last judged point. With gap = f_0 - f* and tau the tightest relative
/// target of the trial (0: none), at least 1e-6 and at most 1e-2 (a trial ends where it has met
/// it):
///   a known saddle, local minimum or maximum: stationary as below, and x within 1e-6 max(1, |x|)
///                   of it, however near to f* its value is
///   global minimum  f - f* <= tau gap; where several known minima have such a value, the nearest
///                   of them to x, which is called by its name where it is not x*
///   a known minimum not stationary yet, but x within a tenth of the distance from this minimum to
///                   the next known stationary point, max-norms: it would take a jump to leave
///   elsewhere       not stationary: |g| > 1e-4 max(1, |g_0|), max-norms
///   local minimum, saddle  a known one whose value is within 1e-6 gap (a known maximum counts as a
///                   saddle: it can be left downwards); or else by the smallest eigenvalue of the
///                   Hessian, a saddle where it is below -1e-6 of the largest magnitude. A minimum
///                   no one knows of is one where what is left to gain by the curvature,
///                   |g|^2 / (2 lambda_min), is at most a tenth of f - f* (of 1e-6 gap where f* is
///                   not known); it is elsewhere where more is left, and where the objective is
///                   convex, which has no other minimum
///   plateau         not by value one of these, and |H| max(1, |x|)^2 <= 1e-6 gap, so that f does
///                   not change within the size of x; or |g| / |H| > 1e-3 max(1, |x|), so that the
///                   stationary point that the curvature points to is far away; or, where f* is
///                   known, the smallest eigenvalue is 0 to within 1e-6 of the largest magnitude
///                   and to within 1e-6 gap / max(1, |x|)^2: the floor of a valley, which nothing
///                   closes in one direction at least, as those that lead to infinity. Without f*
///                   it may be one of many minima side by side, and is called local minimum
/// In a box, g and H are those of the variables that no bound holds against the slope; where bounds
/// hold all, x is a local minimum.
/// The eigenvalue is by Lanczos, 40 products, for n up to kMostForEigenvalue, and asked for only
/// where f* or the gradient has not decided. Off the clock, and not for a trial that the clock has
/// stopped: its last point is an accident, and its time is over.
void describe_ending(problems::Problem& problem, std::span<const double> x, double f_start,
                     double tightest_target, Area& area);

inline constexpr std::uint64_t kMostForEigenvalue = 200'000;

}  // namespace ravine::harness
