// Counts allocations: a program that links allocations.cpp has its malloc and the other functions
// that hand out memory, operator new through them, in all libraries that it loads.
#pragma once

#include <cstdint>

namespace ravine::test {

/// False under a sanitizer, which brings an allocator of its own.
bool counts_allocations();

/// How often memory has been asked for since the program began, by any thread, but for what an
/// AllocationPause covered.
std::uint64_t allocation_count();

/// While one is alive the calling thread's allocations do not count.
class AllocationPause {
 public:
  AllocationPause();
  AllocationPause(const AllocationPause&) = delete;
  AllocationPause& operator=(const AllocationPause&) = delete;
  ~AllocationPause();
};

}  // namespace ravine::test
