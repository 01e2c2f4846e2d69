// Philox4x32-10: a counter-based generator, one block of random bits for each counter and key.
#pragma once

#include <array>
#include <cstdint>

namespace ravine::problems {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// The 128 bits that belong to `counter` under `key`, in ten rounds. A bijection of the counter.
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
PhiloxCounter philox4x32(PhiloxCounter counter, PhiloxKey key);

}  // namespace ravine::problems
