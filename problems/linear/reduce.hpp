// Sums in a fixed number of lanes: entry i goes to lane i mod 8, the lanes are added in one order.
// The bits depend on the entries alone, not on where they lie in memory nor on how a compiler
// vectorizes a plain loop.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <span>

namespace ravine::problems {

inline constexpr std::size_t kLanes = 8;

namespace lanes {

/// Eight doubles that are added and multiplied element by element. In two halves, each a register
/// of the machines that we build for: a vector of eight the compiler keeps in memory there.
struct Pack {
  using Half [[gnu::vector_size(kLanes / 2 * sizeof(double))]] = double;
  Half low{}, high{};

  friend Pack operator+(const Pack& a, const Pack& b) { return {a.low + b.low, a.high + b.high}; }
  friend Pack operator-(const Pack& a, const Pack& b) { return {a.low - b.low, a.high - b.high}; }
  friend Pack operator*(const Pack& a, const Pack& b) { return {a.low * b.low, a.high * b.high}; }
  friend Pack operator*(double a, const Pack& b) { return {a * b.low, a * b.high}; }
  Pack& operator+=(const Pack& b) { return *this = *this + b; }
  Pack& operator-=(const Pack& b) { return *this = *this - b; }
  Pack& operator*=(const Pack& b) { return *this = *this * b; }
};

inline void load(Pack& pack, const double* from) {
  std::memcpy(&pack.low, from, sizeof pack.low);
  std::memcpy(&pack.high, from + kLanes / 2, sizeof pack.high);
}
inline void store(double* to, const Pack& pack) {
  std::memcpy(to, &pack.low, sizeof pack.low);
  std::memcpy(to + kLanes / 2, &pack.high, sizeof pack.high);
}

/// sum over i of term(i), where term_pack(pack, i) sets the eight terms from i on.
template <class TermPack, class Term>
double sum(std::size_t n, TermPack term_pack, Term term) {
  Pack total{};
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    Pack terms;
    term_pack(terms, i);
    total += terms;
  }
  std::array<double, kLanes> s{};
  store(s.data(), total);
  for (std::size_t lane = 0; i < n; ++i, ++lane) s[lane] += term(i);
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

}  // namespace lanes

/// Sum of a_i b_i; both of the same length.
inline double dot(std::span<const double> a, std::span<const double> b) {
  return lanes::sum(
      a.size(),
      [&](lanes::Pack& terms, std::size_t i) {
        lanes::Pack right;
        lanes::load(terms, &a[i]);
        lanes::load(right, &b[i]);
        terms *= right;
      },
      [&](std::size_t i) { return a[i] * b[i]; });
}

/// Sum of d_i y_i^2; both of the same length.
inline double weighted_squares(std::span<const double> d, std::span<const double> y) {
  return lanes::sum(
      d.size(),
      [&](lanes::Pack& terms, std::size_t i) {
        lanes::Pack weight;
        lanes::load(terms, &y[i]);
        lanes::load(weight, &d[i]);
        terms = weight * (terms * terms);
      },
      [&](std::size_t i) { return d[i] * (y[i] * y[i]); });
}

/// Sum of d_i (x_i - c_i)^2; all of the same length. The bits are those of y = x - c.
inline double weighted_squares(std::span<const double> d, std::span<const double> x,
                               std::span<const double> c) {
  return lanes::sum(
      d.size(),
      [&](lanes::Pack& terms, std::size_t i) {
        lanes::Pack weight;
        lanes::Pack center;
        lanes::load(terms, &x[i]);
        lanes::load(center, &c[i]);
        lanes::load(weight, &d[i]);
        terms -= center;
        terms = weight * (terms * terms);
      },
      [&](std::size_t i) { return d[i] * ((x[i] - c[i]) * (x[i] - c[i])); });
}

/// g := d (x - c), entry by entry, and the sum of d_i (x_i - c_i)^2, in one pass; all of the same
/// length. The bits are those of weighted_squares.
inline double scaled_difference(std::span<const double> d, std::span<const double> x,
                                std::span<const double> c, double* g) {
  return lanes::sum(
      d.size(),
      [&](lanes::Pack& terms, std::size_t i) {
        lanes::Pack weight;
        lanes::Pack y;
        lanes::load(y, &x[i]);
        lanes::load(terms, &c[i]);
        lanes::load(weight, &d[i]);
        y -= terms;
        lanes::store(g + i, weight * y);
        terms = weight * (y * y);
      },
      [&](std::size_t i) {
        const double y = x[i] - c[i];
        g[i] = d[i] * y;
        return d[i] * (y * y);
      });
}

/// y := d y, entry by entry, and the sum of d_i y_i^2 of the y before, in one pass.
inline double scale_in_place(std::span<const double> d, std::span<double> y) {
  return lanes::sum(
      d.size(),
      [&](lanes::Pack& terms, std::size_t i) {
        lanes::Pack weight;
        lanes::load(terms, &y[i]);
        lanes::load(weight, &d[i]);
        lanes::store(&y[i], weight * terms);
        terms = weight * (terms * terms);
      },
      [&](std::size_t i) {
        const double before = y[i];
        y[i] = d[i] * before;
        return d[i] * (before * before);
      });
}

/// Sum of a_i.
inline double sum(std::span<const double> a) {
  return lanes::sum(
      a.size(), [&](lanes::Pack& terms, std::size_t i) { lanes::load(terms, &a[i]); },
      [&](std::size_t i) { return a[i]; });
}

}  // namespace ravine::problems
