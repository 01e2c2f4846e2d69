// For optimizers that keep n x n matrices in Eigen (link it: LIBRARIES of ravine_add_plugin).
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <string>

#include "ravine/sdk/start.hpp"

namespace ravine::sdk {

/// The largest n of a dense method: a matrix of 200 MB, a factor of some seconds.
inline constexpr std::size_t kDenseLimit = 5000;

/// n as Eigen counts, for the first member that a matrix depends on. Throws Refused above the
/// limit. Eigen blocks its products by the caches that it finds: sizes that are the same everywhere
/// give the same bits on every machine.
inline Eigen::Index dense_size(std::size_t n) {
  if (n > kDenseLimit)
    throw Refused("keeps n x n matrices: n = " + std::to_string(n) + " is above " +
                      std::to_string(kDenseLimit),
                  RAVINE_NOT_SUPPORTED);
  Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 4 << 20);
  return static_cast<Eigen::Index>(n);
}

}  // namespace ravine::sdk
