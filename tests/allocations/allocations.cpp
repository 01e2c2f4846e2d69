#include "tests/allocations/allocations.hpp"

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>

namespace {

std::atomic<std::uint64_t> count{0};
thread_local int pauses = 0;

[[maybe_unused]] void allocated() {  // under a sanitizer nobody does
  if (pauses == 0) count.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

#if !defined(RAVINE_SANITIZED)
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the C library's names
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void* malloc(std::size_t size) {
  allocated();
  return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) {
  allocated();
  return __libc_calloc(number, size);
}
void* realloc(void* old, std::size_t size) {
  allocated();
  return __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  allocated();
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  allocated();
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  allocated();
  *out = __libc_memalign(alignment, size);
  return *out == nullptr ? ENOMEM : 0;
}
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
#endif

namespace ravine::test {

bool counts_allocations() {
#if defined(RAVINE_SANITIZED)
  return false;
#else
  return true;
#endif
}

std::uint64_t allocation_count() { return count.load(std::memory_order_relaxed); }

AllocationPause::AllocationPause() { ++pauses; }
AllocationPause::~AllocationPause() { --pauses; }

}  // namespace ravine::test
