// The limit on n of methods that keep n x n doubles.
#pragma once

#include <cstddef>
#include <string>

#include "ravine/sdk/start.hpp"

namespace ravine::sdk {

/// The largest n of a dense method: a matrix of 200 MB, a factor of some seconds.
inline constexpr std::size_t kDenseLimit = 5000;

/// n, for the first member whose size is its square. Throws Refused above the limit.
inline std::size_t within_limit(std::size_t n, std::size_t limit = kDenseLimit) {
  if (n > limit)
    throw Refused("keeps n x n doubles: n = " + std::to_string(n) + " is above " +
                  std::to_string(limit));
  return n;
}

}  // namespace ravine::sdk
