#include "problems/linear/householder.hpp"

#include <cstring>
#include <string>

#include "problems/linear/reduce.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

using lanes::Pack;
using Bytes [[gnu::vector_size(kLanes)]] = std::int8_t;
using Words [[gnu::vector_size(kLanes * sizeof(std::int32_t))]] = std::int32_t;

// By way of 32-bit integers, for which there are instructions both ways.
void load(Pack& pack, const std::int8_t* from) {
  Bytes bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  const Words words = __builtin_convertvector(bytes, Words);
  pack.low = __builtin_convertvector(__builtin_shufflevector(words, words, 0, 1, 2, 3), Pack::Half);
  pack.high =
      __builtin_convertvector(__builtin_shufflevector(words, words, 4, 5, 6, 7), Pack::Half);
}

/// v'x
double dot(const std::int8_t* v, std::span<const double> x) {
  return lanes::sum(
      x.size(),
      [&](Pack& terms, std::size_t i) {
        Pack right;
        load(terms, v + i);
        lanes::load(right, &x[i]);
        terms *= right;
      },
      [&](std::size_t i) { return v[i] * x[i]; });
}

/// x := x - along v; returns w'x of the new x, in the same pass.
double subtract_and_dot(double along, const std::int8_t* v, const std::int8_t* w,
                        std::span<double> x) {
  return lanes::sum(
      x.size(),
      [&](Pack& terms, std::size_t i) {
        Pack entries;
        Pack direction;
        lanes::load(entries, &x[i]);
        load(direction, v + i);
        load(terms, w + i);
        entries -= along * direction;
        lanes::store(&x[i], entries);
        terms *= entries;
      },
      [&](std::size_t i) {
        x[i] -= along * v[i];
        return w[i] * x[i];
      });
}

}  // namespace

HouseholderRotation::HouseholderRotation(std::uint64_t n, std::uint64_t key) {
  constexpr std::uint64_t kValues = 255;
  if (n == 1) return;
  for (std::size_t k = 0; k < kReflections; ++k) {
    const Stream stream(key, "householder/" + std::to_string(k));
    std::int64_t squares = 0;
    v_[k].resize(n);
    for (std::uint64_t i = 0; i < n; ++i) {
      const auto entry = static_cast<std::int64_t>(stream.below(i, kValues)) - 127;
      v_[k][i] = static_cast<std::int8_t>(entry);
      squares += entry * entry;
    }
    if (squares == 0) v_[k].clear();  // no direction: no reflection
    two_over_v_v_[k] = squares == 0 ? 0 : 2 / static_cast<double>(squares);
  }
}

void HouseholderRotation::reflect(std::span<double> x, const Order& order) const {
  double along = 0;
  const std::int8_t* last = nullptr;
  for (const std::size_t k : order) {
    if (v_[k].empty()) continue;
    const std::int8_t* v = v_[k].data();
    const double v_x = last == nullptr ? dot(v, x) : subtract_and_dot(along, last, v, x);
    along = two_over_v_v_[k] * v_x;
    last = v;
  }
  if (last == nullptr) return;
  for (std::size_t i = 0; i < x.size(); ++i) x[i] -= along * last[i];
}

void HouseholderRotation::apply(std::span<double> x) { reflect(x, {2, 1, 0}); }
void HouseholderRotation::apply_transposed(std::span<double> x) { reflect(x, {0, 1, 2}); }

}  // namespace ravine::problems
