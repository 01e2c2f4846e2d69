// The rounding mode, flush-to-zero and exception masks of this thread: cheap enough to look at
// after every step (two register reads), because a library linked with -ffast-math changes them for
// good when it is loaded.
#pragma once

#include <xmmintrin.h>

#include <cstdint>

namespace ravine::harness {

class FloatState {
 public:
  static FloatState current() {
    std::uint16_t x87 = 0;
    __asm__ __volatile__("fnstcw %0" : "=m"(x87));  // long double has a mode of its own
    return {_mm_getcsr() & ~kStickyFlags, x87};
  }
  void restore() const {
    _mm_setcsr(sse_);
    __asm__ __volatile__("fldcw %0" : : "m"(x87_));
  }
  friend bool operator==(const FloatState&, const FloatState&) = default;

 private:
  FloatState(unsigned sse, std::uint16_t x87) : sse_(sse), x87_(x87) {}
  static constexpr unsigned kStickyFlags = 0x3F;  // raised by ordinary arithmetic
  unsigned sse_;
  std::uint16_t x87_;
};

}  // namespace ravine::harness
