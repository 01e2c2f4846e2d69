// Products with a few rows at once, in fixed lanes: the bits of a product do not depend on which
// rows it was computed with.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "problems/linear/reduce.hpp"

namespace ravine::problems {

/// Rows that a pass reads together, so that w and the gradient are read and written once for all.
inline constexpr std::size_t kBlock = 4;

using RowBlock = std::array<const double*, kBlock>;
using Coefficients = std::array<double, kBlock>;

/// Half the lanes: what a register holds, so that four rows' sums stay in registers.
using HalfPack [[gnu::vector_size(kLanes / 2 * sizeof(double))]] = double;

/// The lanes of a product x'w, of which the entries from `begin` on are left.
inline double sum_of_lanes(const HalfPack& low, const HalfPack& high, const double* x,
                           const double* w, std::size_t begin, std::size_t p) {
  std::array<double, kLanes> s{};
  std::memcpy(s.data(), &low, sizeof low);
  std::memcpy(s.data() + kLanes / 2, &high, sizeof high);
  for (std::size_t i = begin; i < p; ++i) s[i - begin] += x[i] * w[i];
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

/// Two rows that are wanted soon, so that memory is at work while these rows are computed with: a
/// cache line of each is asked for with every line of the others. Changes no bits.
struct Ahead {
  const double* first;
  const double* second;

  void ask(std::size_t j) const {
    constexpr int kToRead = 0, kSecondLevel = 2;
    __builtin_prefetch(first + j, kToRead, kSecondLevel);
    __builtin_prefetch(second + j, kToRead, kSecondLevel);
  }
};

/// x_k'w of four rows of p entries; each has the bits of dot(). `ahead`, if any, has p entries.
template <bool with_ahead = false>
Coefficients dots(const RowBlock& x, const double* w, std::size_t p, const Ahead& ahead = {}) {
  constexpr std::size_t kHalf = kLanes / 2;
  std::array<HalfPack, kBlock> low{};
  std::array<HalfPack, kBlock> high{};
  const double* const x0 = x[0];
  const double* const x1 = x[1];
  const double* const x2 = x[2];
  const double* const x3 = x[3];
  std::size_t j = 0;
  for (; j + kLanes <= p; j += kLanes) {
    if constexpr (with_ahead) ahead.ask(j);
    const auto at = [](const double* from) {
      HalfPack pack;
      std::memcpy(&pack, from, sizeof pack);
      return pack;
    };
    const HalfPack w_low = at(w + j);
    const HalfPack w_high = at(w + j + kHalf);
    low[0] += at(x0 + j) * w_low;
    high[0] += at(x0 + j + kHalf) * w_high;
    low[1] += at(x1 + j) * w_low;
    high[1] += at(x1 + j + kHalf) * w_high;
    low[2] += at(x2 + j) * w_low;
    high[2] += at(x2 + j + kHalf) * w_high;
    low[3] += at(x3 + j) * w_low;
    high[3] += at(x3 + j + kHalf) * w_high;
  }
  Coefficients result{};
  for (std::size_t k = 0; k < kBlock; ++k) result[k] = sum_of_lanes(low[k], high[k], x[k], w, j, p);
  return result;
}

/// g := factor * from + c_0 x_0 + ... + c_(count - 1) x_(count - 1), added in this order; g may be
/// `from`. count is 1 or kBlock. `ahead`, if any, has p entries.
template <std::size_t count, bool with_ahead = false>
void combine(double factor, const double* from, const Coefficients& c, const RowBlock& x,
             std::size_t p, double* g, const Ahead& ahead = {}) {
  constexpr std::size_t kHalf = kLanes / 2;
  static_assert(count == 1 || count == kBlock);
  const double* const x0 = x[0];
  const double* const x1 = x[1];
  const double* const x2 = x[2];
  const double* const x3 = x[3];
  const double c0 = c[0];
  const double c1 = c[1];
  const double c2 = c[2];
  const double c3 = c[3];
  const auto four = [&](std::size_t j) {
    const auto at = [j](const double* begin) {
      HalfPack pack;
      std::memcpy(&pack, begin + j, sizeof pack);
      return pack;
    };
    HalfPack sum = factor * at(from) + c0 * at(x0);
    if constexpr (count == kBlock) {
      sum += c1 * at(x1);
      sum += c2 * at(x2);
      sum += c3 * at(x3);
    }
    std::memcpy(g + j, &sum, sizeof sum);
  };
  std::size_t j = 0;
  for (; j + kLanes <= p; j += kLanes) {
    if constexpr (with_ahead) ahead.ask(j);
    four(j);
    four(j + kHalf);
  }
  for (; j + kHalf <= p; j += kHalf) four(j);
  for (; j < p; ++j) {
    double sum = factor * from[j] + c0 * x0[j];
    if constexpr (count == kBlock) {
      sum += c1 * x1[j];
      sum += c2 * x2[j];
      sum += c3 * x3[j];
    }
    g[j] = sum;
  }
}

/// g := g + c_0 x_0 + ... + c_3 x_3 and the products of the rows `next` with w, in one loop: `next`
/// comes from memory while x comes from a cache. The bits of combine() and of dots().
inline Coefficients combine_and_dots(const Coefficients& c, const RowBlock& x, const RowBlock& next,
                                     const double* w, std::size_t p, double* g) {
  constexpr std::size_t kHalf = kLanes / 2;
  const RowBlock rows = x;  // in registers, whatever g may be
  const RowBlock ahead = next;
  const Coefficients factors = c;
  std::array<HalfPack, kBlock> low{};
  std::array<HalfPack, kBlock> high{};
  const auto four = [&](std::size_t j, std::array<HalfPack, kBlock>& sums) {
    const auto at = [j](const double* begin) {
      HalfPack pack;
      std::memcpy(&pack, begin + j, sizeof pack);
      return pack;
    };
    HalfPack sum = at(g);
    sum += factors[0] * at(rows[0]);
    sum += factors[1] * at(rows[1]);
    sum += factors[2] * at(rows[2]);
    sum += factors[3] * at(rows[3]);
    std::memcpy(g + j, &sum, sizeof sum);
    const HalfPack weights = at(w);
    sums[0] += at(ahead[0]) * weights;
    sums[1] += at(ahead[1]) * weights;
    sums[2] += at(ahead[2]) * weights;
    sums[3] += at(ahead[3]) * weights;
  };
  std::size_t j = 0;
  for (; j + kLanes <= p; j += kLanes) {
    four(j, low);
    four(j + kHalf, high);
  }
  for (std::size_t i = j; i < p; ++i)
    g[i] =
        (((g[i] + factors[0] * rows[0][i]) + factors[1] * rows[1][i]) + factors[2] * rows[2][i]) +
        factors[3] * rows[3][i];
  Coefficients result{};
  for (std::size_t k = 0; k < kBlock; ++k)
    result[k] = sum_of_lanes(low[k], high[k], ahead[k], w, j, p);
  return result;
}

/// Sum of v_k w_(i_k) over the entries of a sparse row, entry k in lane k mod 8.
inline double sparse_dot(const double* v, const std::uint32_t* i, std::size_t count,
                         const double* w) {
  std::array<double, kLanes> s{};
  std::size_t k = 0;
  for (; k + kLanes <= count; k += kLanes)
    for (std::size_t lane = 0; lane < kLanes; ++lane) s[lane] += v[k + lane] * w[i[k + lane]];
  for (std::size_t lane = 0; k < count; ++k, ++lane) s[lane] += v[k] * w[i[k]];
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

/// g_(i_k) += c v_k.
inline void sparse_add(double c, const double* v, const std::uint32_t* i, std::size_t count,
                       double* g) {
  for (std::size_t k = 0; k < count; ++k) g[i[k]] += c * v[k];
}

}  // namespace ravine::problems
