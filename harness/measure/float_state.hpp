// The rounding mode, flush-to-zero and exception masks of this thread: cheap enough to look at
// after every step (a register read), because a library linked with -ffast-math changes them for
// good when it is loaded.
#pragma once

#include <xmmintrin.h>

namespace ravine::harness {

class FloatState {
 public:
  static FloatState current() { return FloatState(_mm_getcsr() & ~kStickyFlags); }
  void restore() const { _mm_setcsr(control_); }
  friend bool operator==(const FloatState&, const FloatState&) = default;

 private:
  explicit FloatState(unsigned control) : control_(control) {}
  static constexpr unsigned kStickyFlags = 0x3F;  // raised by ordinary arithmetic
  unsigned control_;
};

}  // namespace ravine::harness
