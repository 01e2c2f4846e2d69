#include "problems/linear/householder.hpp"

#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include "problems/linear/reduce.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

using lanes::load;
using lanes::Pack;
using lanes::store;
using Longs [[gnu::vector_size(sizeof(Pack::Half))]] = std::int64_t;

// Four entries become doubles by three instructions, one a shuffle: the bits of 1.5 2^52 + v are
// those of 1.5 2^52 as an integer, plus v. By way of 32-bit integers it is twice as many shuffles.
void widen(Pack::Half& to, const std::int8_t* from) {
  constexpr double kShift = 0x1.8p52;
  Longs bits{from[0], from[1], from[2], from[3]};
  bits += std::bit_cast<std::int64_t>(kShift);
  std::memcpy(&to, &bits, sizeof to);
  to -= kShift;
}

void load(Pack& pack, const std::int8_t* from) {
  widen(pack.low, from);
  widen(pack.high, from + kLanes / 2);
}

/// v'x
template <class Entry>
double dot(const Entry* v, std::span<const double> x) {
  return lanes::sum(
      x.size(),
      [&](Pack& terms, std::size_t i) {
        Pack right;
        load(terms, v + i);
        load(right, &x[i]);
        terms *= right;
      },
      [&](std::size_t i) { return v[i] * x[i]; });
}

/// x := x - along v; returns w'x of the new x, in the same pass.
template <class Entry>
double subtract_and_dot(double along, const Entry* v, const Entry* w, std::span<double> x) {
  return lanes::sum(
      x.size(),
      [&](Pack& terms, std::size_t i) {
        Pack entries;
        Pack direction;
        load(entries, &x[i]);
        load(direction, v + i);
        load(terms, w + i);
        entries -= along * direction;
        store(&x[i], entries);
        terms *= entries;
      },
      [&](std::size_t i) {
        x[i] -= along * v[i];
        return w[i] * x[i];
      });
}

/// x := x - along v
template <class Entry>
void subtract(double along, const Entry* v, std::span<double> x) {
  std::size_t i = 0;
  for (; i + kLanes <= x.size(); i += kLanes) {
    Pack entries;
    Pack direction;
    load(entries, &x[i]);
    load(direction, v + i);
    store(&x[i], entries - along * direction);
  }
  for (; i < x.size(); ++i) x[i] -= along * v[i];
}

}  // namespace

HouseholderRotation::HouseholderRotation(std::uint64_t n, std::uint64_t key) {
  constexpr std::uint64_t kValues = 255;
  if (n == 1) return;
  for (std::size_t k = 0; k < kReflections; ++k) {
    const Stream stream(key, "householder/" + std::to_string(k));
    std::int64_t squares = 0;
    std::vector<std::int8_t> v(n);
    for (std::uint64_t i = 0; i < n; ++i) {
      const auto entry = static_cast<std::int64_t>(stream.below(i, kValues)) - 127;
      v[i] = static_cast<std::int8_t>(entry);
      squares += entry * entry;
    }
    if (squares == 0) continue;  // no direction: no reflection
    two_over_v_v_[k] = 2 / static_cast<double>(squares);
    if (n <= kMostWide)
      wide_[k].assign(v.begin(), v.end());
    else
      narrow_[k] = std::move(v);
  }
}

template <class Entry>
void HouseholderRotation::reflect(const Directions<Entry>& v, const Order& order,
                                  std::span<double> x) const {
  double along = 0;
  const Entry* last = nullptr;
  for (const std::size_t k : order) {
    if (v[k].empty()) continue;
    const Entry* next = v[k].data();
    const double v_x = last == nullptr ? dot(next, x) : subtract_and_dot(along, last, next, x);
    along = two_over_v_v_[k] * v_x;
    last = next;
  }
  if (last != nullptr) subtract(along, last, x);
}

void HouseholderRotation::reflect(const Order& order, std::span<double> x) const {
  if (x.size() <= kMostWide)
    reflect(wide_, order, x);
  else
    reflect(narrow_, order, x);
}

void HouseholderRotation::apply(std::span<double> x) { reflect({2, 1, 0}, x); }
void HouseholderRotation::apply_transposed(std::span<double> x) { reflect({0, 1, 2}, x); }

}  // namespace ravine::problems
