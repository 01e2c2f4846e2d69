// The values of a sweep's range.
#pragma once

#include <cstddef>
#include <vector>

namespace ravine::harness {

/// `count` values at equal distances. Both ends are exact; what lies between is rounded to 15
/// significant digits, so that a range and the same numbers written out are the same trials.
/// Needs count >= 1, and from == to when count is 1.
std::vector<double> linear_range(double from, double to, std::size_t count);

/// `count` values at equal ratios, with ends and rounding as above. Needs from > 0 and to > 0.
std::vector<double> logarithmic_range(double from, double to, std::size_t count);

/// from, from + step, ... up to `to`, which is met exactly when it is a whole number of steps away
/// (to one part in 1e9) and not passed otherwise. Needs a step that leads from `from` to `to`.
std::vector<double> stepped_range(double from, double to, double step);

/// How many values `stepped_range` returns, as a double because it may be beyond any integer.
double stepped_count(double from, double to, double step);

}  // namespace ravine::harness
