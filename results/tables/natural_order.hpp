// The order in which people list names with numbers in them. Internal to the builders.
#pragma once

#include <string>

namespace ravine::results {

/// Compares runs of digits (with a point and an exponent) as numbers and all else as bytes:
/// "alpha=0.9/L" before "alpha=1.5/L" before "alpha=10/L". A total order.
bool natural_less(const std::string& a, const std::string& b);

}  // namespace ravine::results
