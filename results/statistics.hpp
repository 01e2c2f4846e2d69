// Statistics of small samples in which a miss is infinite. A statistic of nothing is empty, never
// 0: google/benchmark once reported the mean of nothing as 0, and it passed for a fast run.
//
// NaN counts as +infinity, that is as a miss: one solver's NaN must not spoil a column.
#pragma once

#include <optional>
#include <vector>

namespace ravine::results {

/// The middle value; of an even count the mean of the middle two. Infinite where they are.
std::optional<double> median(std::vector<double> values);
std::optional<double> minimum(const std::vector<double>& values);
std::optional<double> maximum(const std::vector<double>& values);

/// Definition 7 of Hyndman and Fan 1996, numpy's default: linear between the order statistics
/// around index p (n - 1), counted from 0. Between a hit and a miss it is infinite. `p` is clamped
/// to [0, 1].
std::optional<double> quantile(std::vector<double> values, double p);

/// Median of |x - median|, unscaled (times 1.4826 it estimates a normal's standard deviation).
/// Equal values deviate by 0, infinite ones too.
std::optional<double> median_absolute_deviation(const std::vector<double>& values);

}  // namespace ravine::results
