#include "problems/linear/hadamard.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>

#include "problems/linear/reduce.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

constexpr std::uint64_t kReflectBelow = 64;
constexpr int kRounds = 2;
constexpr std::size_t kLeaf = 4096;  // 32 KiB: a leaf stays in the first-level cache

using lanes::Pack;

// (a, b) := (a + b, a - b) for two runs of `stride` coordinates.
void butterfly2(double* x, std::size_t stride) {
  double* y = x + stride;
  std::size_t i = 0;
  for (; i + kLanes <= stride; i += kLanes) {
    Pack a;
    Pack b;
    lanes::load(a, x + i);
    lanes::load(b, y + i);
    lanes::store(x + i, a + b);
    lanes::store(y + i, a - b);
  }
  for (; i < stride; ++i) {
    const double a = x[i];
    const double b = y[i];
    x[i] = a + b;
    y[i] = a - b;
  }
}

// Two levels at once, over four runs: half the passes over memory.
void butterfly4(double* x, std::size_t stride) {
  for (std::size_t i = 0; i < stride; i += kLanes) {
    Pack a;
    Pack b;
    Pack c;
    Pack d;
    lanes::load(a, x + i);
    lanes::load(b, x + stride + i);
    lanes::load(c, x + 2 * stride + i);
    lanes::load(d, x + 3 * stride + i);
    const Pack sum02 = a + c;
    const Pack difference02 = a - c;
    const Pack sum13 = b + d;
    const Pack difference13 = b - d;
    lanes::store(x + i, sum02 + sum13);
    lanes::store(x + stride + i, sum02 - sum13);
    lanes::store(x + 2 * stride + i, difference02 + difference13);
    lanes::store(x + 3 * stride + i, difference02 - difference13);
  }
}

// The three innermost levels of one run of eight, in registers.
void transform8(double* x) {
  for (const std::size_t i : {0U, 1U, 2U, 3U}) {
    const double a = x[i];
    const double b = x[i + 4];
    x[i] = a + b;
    x[i + 4] = a - b;
  }
  for (const std::size_t i : {0U, 4U}) {
    const double sum02 = x[i] + x[i + 2];
    const double difference02 = x[i] - x[i + 2];
    const double sum13 = x[i + 1] + x[i + 3];
    const double difference13 = x[i + 1] - x[i + 3];
    x[i] = sum02 + sum13;
    x[i + 1] = sum02 - sum13;
    x[i + 2] = difference02 + difference13;
    x[i + 3] = difference02 - difference13;
  }
}

void transform(double* x, std::size_t m) {
  if (m > kLeaf) {
    const std::size_t quarter = m / 4;
    butterfly4(x, quarter);
    for (std::size_t part = 0; part < 4; ++part) transform(x + part * quarter, quarter);
    return;
  }
  std::size_t stride = m;
  for (; stride >= 4 * kLanes; stride /= 4)
    for (std::size_t i = 0; i < m; i += stride) butterfly4(x + i, stride / 4);
  for (; stride > kLanes; stride /= 2)
    for (std::size_t i = 0; i < m; i += stride) butterfly2(x + i, stride / 2);
  if (stride == kLanes) {
    for (std::size_t i = 0; i < m; i += kLanes) transform8(x + i);
    return;
  }
  for (; stride >= 2; stride /= 2)
    for (std::size_t i = 0; i < m; i += stride) butterfly2(x + i, stride / 2);
}

}  // namespace

void hadamard_transform(std::span<double> x) { transform(x.data(), x.size()); }

HadamardRotation::HadamardRotation(std::uint64_t n, std::uint64_t key) : m_(std::bit_floor(n)) {
  const int count = n == m_ ? kRounds : 2 * kRounds;
  for (int w = 0; w < count; ++w) {
    const Stream stream(key, "hadamard/signs/" + std::to_string(w));
    Window window{n == m_ || w % 2 == 0 ? 0 : n - m_, std::vector<std::uint64_t>((m_ + 63) / 64)};
    for (std::size_t i = 0; i < window.signs.size(); ++i) window.signs[i] = stream.bits(i);
    windows_.push_back(std::move(window));
  }
  if (n >= kReflectBelow || n == 1) return;
  const Stream stream(key, "hadamard/reflection");
  for (std::uint64_t i = 0; i < n; ++i) v_.push_back(stream.normal(i));
  two_over_v_v_ = 2 / dot(v_, v_);
}

void HadamardRotation::scale(const Window& window, std::span<double> x) const {
  // Powers of 4 make 1 / sqrt(m) exact.
  const std::uint64_t factor = std::bit_cast<std::uint64_t>(1 / std::sqrt(static_cast<double>(m_)));
  for (std::uint64_t i = 0; i < m_; i += 64) {
    const std::uint64_t signs = window.signs[i / 64];
    const std::uint64_t count = std::min<std::uint64_t>(64, m_ - i);
    double* part = &x[window.offset + i];
    for (std::uint64_t b = 0; b < count; ++b)
      part[b] *= std::bit_cast<double>(factor ^ (signs >> b) << 63);
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
    scale(window, x);
    transform(&x[window.offset], m_);
  }
}

void HadamardRotation::apply_transposed(std::span<double> x) {
  for (auto window = windows_.rbegin(); window != windows_.rend(); ++window) {
    transform(&x[window->offset], m_);
    scale(*window, x);
  }
  reflect(x);
}

}  // namespace ravine::problems
