// The task's blocks: where each of its tensors is in x.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ravine/plugin.h"

namespace ravine::sdk {

/// How many variables a block has: the product of its dimensions. They are
/// x[block.offset .. block.offset + size).
inline std::size_t block_size(const ravine_block& block) {
  std::uint64_t size = 1;
  for (std::uint64_t k = 0; k < block.dimension_count; ++k) size *= block.dimensions[k];
  return static_cast<std::size_t>(size);
}

}  // namespace ravine::sdk
