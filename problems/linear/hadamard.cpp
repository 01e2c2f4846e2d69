#include "problems/linear/hadamard.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "problems/linear/butterflies.hpp"
#include "problems/linear/reduce.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

constexpr std::uint64_t kReflectBelow = 64;
constexpr int kRounds = 2;
constexpr std::size_t kLeaf = 4096;  // 32 KiB: a leaf stays in the first-level cache
constexpr std::size_t kSignsInWord = 64;

using butterflies::Four;
using butterflies::kFour;
using butterflies::Runs4;
using butterflies::Runs8;

// Two or three levels of x[0, m), in parts of `size` that are transformed apart from each other.
template <class Runs>
void levels(double* x, std::size_t m, std::size_t size) {
  for (std::size_t i = 0; i < m; i += size)
    butterflies::outer_levels<Runs>(x + i, size / Runs::kRuns, size / Runs::kRuns);
}

// The same, one level.
void one_level(double* x, std::size_t m, std::size_t size) {
  for (std::size_t i = 0; i < m; i += size)
    for (std::size_t j = i; j < i + size / 2; ++j) {
      const double a = x[j];
      const double b = x[j + size / 2];
      x[j] = a + b;
      x[j + size / 2] = a - b;
    }
}

// m <= kLeaf. Two levels at a time where three would leave one behind.
void transform_leaf(double* x, std::size_t m) {
  constexpr std::size_t kInner = 32;
  std::size_t size = m;
  while (size >= 4 * kInner) {
    const int above = std::countr_zero(size / kInner);
    if (above == 4 || above % 3 == 2) {
      levels<Runs4>(x, m, size);
      size /= Runs4::kRuns;
    } else {
      levels<Runs8>(x, m, size);
      size /= Runs8::kRuns;
    }
  }
  for (; size > 1 && size != kInner; size /= 2) one_level(x, m, size);
  for (std::size_t i = 0; size == kInner && i < m; i += kInner) butterflies::transform32(x + i);
}

constexpr auto kNothing = [](std::size_t, std::size_t) {};

// H on x[at, at + m). enter(i, k) is called before x[i, i + k) is first read, leave(i, k) after it
// was last written: what they do to those coordinates costs no pass of its own over memory.
template <class Enter, class Leave>
void transform(double* x, std::size_t at, std::size_t m, const Enter& enter, const Leave& leave) {
  if (m <= kLeaf) {
    enter(at, m);
    transform_leaf(x + at, m);
    leave(at, m);
    return;
  }
  const std::size_t stride = m / Runs8::kRuns;
  for (std::size_t i = 0; i < stride; i += kSignsInWord) {
    for (std::size_t run = 0; run < Runs8::kRuns; ++run) enter(at + run * stride + i, kSignsInWord);
    butterflies::outer_levels<Runs8>(x + at + i, stride, kSignsInWord);
  }
  for (std::size_t run = 0; run < Runs8::kRuns; ++run)
    transform(x, at + run * stride, stride, kNothing, leave);
}

}  // namespace

void hadamard_transform(std::span<double> x) {
  transform(x.data(), 0, x.size(), kNothing, kNothing);
}

HadamardRotation::HadamardRotation(std::uint64_t n, std::uint64_t key) : m_(std::bit_floor(n)) {
  const int count = n == m_ ? kRounds : 2 * kRounds;
  for (int w = 0; w < count; ++w) {
    const Stream stream(key, "hadamard/signs/" + std::to_string(w));
    Window window{n == m_ || w % 2 == 0 ? 0 : n - m_, std::vector<std::uint64_t>((m_ + 63) / 64)};
    for (std::size_t i = 0; i < window.signs.size(); ++i) window.signs[i] = stream.bits(i);
    windows_.push_back(std::move(window));
  }
  // Powers of 4 make 1 / sqrt(m) exact.
  const double factor = 1 / std::sqrt(static_cast<double>(m_));
  for (std::size_t signs = 0; signs < factors_.size(); ++signs)
    for (std::size_t i = 0; i < kFour; ++i)
      factors_[signs][i] = (signs >> i & 1) != 0 ? -factor : factor;
  if (n >= kReflectBelow || n == 1) return;
  const Stream stream(key, "hadamard/reflection");
  for (std::uint64_t i = 0; i < n; ++i) v_.push_back(stream.normal(i));
  two_over_v_v_ = 2 / dot(v_, v_);
}

void HadamardRotation::scale(const Window& window, double* x, std::size_t from,
                             std::size_t count) const {
  constexpr std::uint64_t kMask = (1U << kFour) - 1;
  if (count < kFour) {  // m = 1 or 2
    for (std::size_t i = 0; i < count; ++i) x[i] *= factors_[window.signs[0] & kMask][i];
    return;
  }
  for (std::size_t i = from; i < from + count; i += kFour) {
    const std::uint64_t signs = window.signs[i / kSignsInWord] >> i % kSignsInWord;
    Four entries;
    Four factors;
    butterflies::load(entries, x + i);
    butterflies::load(factors, factors_[signs & kMask].data());
    butterflies::store(x + i, factors * entries);
  }
}

void HadamardRotation::reflect(std::span<double> x) const {
  if (v_.empty()) return;
  const double along = two_over_v_v_ * dot(v_, x);
  for (std::size_t i = 0; i < v_.size(); ++i) x[i] -= along * v_[i];
}

void HadamardRotation::apply(std::span<double> x) {
  reflect(x);
  for (const Window& window : windows_) {
    double* part = &x[window.offset];
    const auto signs = [&](std::size_t from, std::size_t count) {
      scale(window, part, from, count);
    };
    transform(part, 0, m_, signs, kNothing);
  }
}

void HadamardRotation::apply_transposed(std::span<double> x) {
  for (auto window = windows_.rbegin(); window != windows_.rend(); ++window) {
    double* part = &x[window->offset];
    const auto signs = [&](std::size_t from, std::size_t count) {
      scale(*window, part, from, count);
    };
    transform(part, 0, m_, kNothing, signs);
  }
  reflect(x);
}

}  // namespace ravine::problems
