// For optimizers that keep n x n matrices in Eigen (link it: LIBRARIES of ravine_add_plugin).
#pragma once

#include <Eigen/Core>
#include <cstddef>

#include "ravine/sdk/dense_limit.hpp"

namespace ravine::sdk {

/// n as Eigen counts, for the first member that a matrix depends on. Throws Refused above the
/// limit. Eigen blocks its products by the caches that it finds: sizes that are the same everywhere
/// give the same bits on every machine.
inline Eigen::Index dense_size(std::size_t n, std::size_t limit = kDenseLimit) {
  Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 4 << 20);
  return static_cast<Eigen::Index>(within_limit(n, limit));
}

}  // namespace ravine::sdk
