// For methods whose steps only make sense on one function throughout.
#pragma once

#include "ravine/sdk/start.hpp"

namespace ravine::sdk {

/// Throws Refused where each step gets another mini-batch.
inline void refuse_batches(const Start& start) {
  if (start.task().batch_size > 0)
    throw Refused("needs the same function at every step: no mini-batches");
}

}  // namespace ravine::sdk
