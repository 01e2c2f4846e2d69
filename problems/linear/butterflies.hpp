// The levels of a Hadamard transform, several at a time: a coordinate is read and written once for
// all of them, and what lies between stays in registers. Every level adds and subtracts the same
// numbers as alone, in the same order, so that the bits do not depend on how many go together.
#pragma once

#include <cstddef>
#include <cstring>

#include "problems/linear/reduce.hpp"

namespace ravine::problems::butterflies {

using Four = lanes::Pack::Half;
constexpr std::size_t kFour = kLanes / 2;

inline void load(Four& four, const double* from) { std::memcpy(&four, from, sizeof four); }
inline void store(double* to, const Four& four) { std::memcpy(to, &four, sizeof four); }

/// (a, b) := (a + b, a - b)
inline void butterfly(Four& a, Four& b) {
  const Four sum = a + b;
  b = a - b;
  a = sum;
}

/// Four runs at a time: two levels.
struct Runs4 {
  static constexpr std::size_t kRuns = 4;
  Four a{}, b{}, c{}, d{};

  void load_from(const double* x, std::size_t stride) {
    load(a, x);
    load(b, x + stride);
    load(c, x + 2 * stride);
    load(d, x + 3 * stride);
  }
  void store_to(double* x, std::size_t stride) const {
    store(x, a);
    store(x + stride, b);
    store(x + 2 * stride, c);
    store(x + 3 * stride, d);
  }
  void transform() {
    butterfly(a, c);
    butterfly(b, d);
    butterfly(a, b);
    butterfly(c, d);
  }
};

/// Eight runs at a time: three levels, all in registers.
struct Runs8 {
  static constexpr std::size_t kRuns = 8;
  Runs4 low, high;

  void load_from(const double* x, std::size_t stride) {
    low.load_from(x, stride);
    high.load_from(x + 4 * stride, stride);
  }
  void store_to(double* x, std::size_t stride) const {
    low.store_to(x, stride);
    high.store_to(x + 4 * stride, stride);
  }
  void transform() {
    butterfly(low.a, high.a);
    butterfly(low.b, high.b);
    butterfly(low.c, high.c);
    butterfly(low.d, high.d);
    low.transform();
    high.transform();
  }
};

/// The outermost levels, two or three, of x[0, Runs::kRuns stride), whose runs are `stride` apart:
/// of the first `count` coordinates of each, a multiple of four.
template <class Runs>
void outer_levels(double* x, std::size_t stride, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kFour) {
    Runs runs;
    runs.load_from(x + i, stride);
    runs.transform();
    runs.store_to(x + i, stride);
  }
}

/// The two innermost levels. Adding the negative is subtracting.
inline void transform4(Four& x) {
  x = x * Four{1, 1, -1, -1} + __builtin_shufflevector(x, x, 2, 3, 0, 1);
  x = x * Four{1, -1, 1, -1} + __builtin_shufflevector(x, x, 1, 0, 3, 2);
}

inline void transform4(Runs4& runs) {
  transform4(runs.a);
  transform4(runs.b);
  transform4(runs.c);
  transform4(runs.d);
}

/// The five innermost levels of 32 coordinates.
inline void transform32(double* x) {
  Runs8 runs;
  runs.load_from(x, kFour);
  runs.transform();
  transform4(runs.low);
  transform4(runs.high);
  runs.store_to(x, kFour);
}

}  // namespace ravine::problems::butterflies
