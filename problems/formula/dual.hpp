// Forward differentiation: a number with its derivatives along n directions, carried through a
// formula by the chain rule. Exact up to rounding. Values are computed as doubles alone would be,
// to the bit; Dual<n, Dual<1>> has the derivatives of the derivatives along one direction.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace ravine::problems {

template <std::size_t n, class S = double>
struct Dual {
  S value{};
  std::array<S, n> d{};

  Dual() = default;
  Dual(const S& v) : value(v) {}  // NOLINT(google-explicit-constructor): a constant is a number
};

/// f(a) where f(a.value) = value and f'(a.value) = slope.
template <std::size_t n, class S>
Dual<n, S> chain(const Dual<n, S>& a, const S& value, const S& slope) {
  Dual<n, S> result(value);
  for (std::size_t i = 0; i < n; ++i) result.d[i] = slope * a.d[i];
  return result;
}

/// f(a, b), with its slope in each.
template <std::size_t n, class S>
Dual<n, S> chain(const Dual<n, S>& a, const Dual<n, S>& b, const S& value, const S& slope_a,
                 const S& slope_b) {
  Dual<n, S> result(value);
  for (std::size_t i = 0; i < n; ++i) result.d[i] = slope_a * a.d[i] + slope_b * b.d[i];
  return result;
}

template <std::size_t n, class S>
Dual<n, S> operator+(Dual<n, S> a, const Dual<n, S>& b) {
  a.value = a.value + b.value;
  for (std::size_t i = 0; i < n; ++i) a.d[i] = a.d[i] + b.d[i];
  return a;
}
template <std::size_t n, class S>
Dual<n, S> operator+(Dual<n, S> a, double b) {
  a.value = a.value + b;
  return a;
}
template <std::size_t n, class S>
Dual<n, S> operator+(double a, Dual<n, S> b) {
  b.value = a + b.value;
  return b;
}

template <std::size_t n, class S>
Dual<n, S> operator-(Dual<n, S> a) {
  a.value = -a.value;
  for (S& d : a.d) d = -d;
  return a;
}
template <std::size_t n, class S>
Dual<n, S> operator-(Dual<n, S> a, const Dual<n, S>& b) {
  a.value = a.value - b.value;
  for (std::size_t i = 0; i < n; ++i) a.d[i] = a.d[i] - b.d[i];
  return a;
}
template <std::size_t n, class S>
Dual<n, S> operator-(Dual<n, S> a, double b) {
  a.value = a.value - b;
  return a;
}
template <std::size_t n, class S>
Dual<n, S> operator-(double a, const Dual<n, S>& b) {
  Dual<n, S> result = -b;
  result.value = a - b.value;
  return result;
}

template <std::size_t n, class S>
Dual<n, S> operator*(const Dual<n, S>& a, const Dual<n, S>& b) {
  return chain(a, b, S(a.value * b.value), b.value, a.value);
}
template <std::size_t n, class S>
Dual<n, S> operator*(Dual<n, S> a, double b) {
  a.value = a.value * b;
  for (S& d : a.d) d = d * b;
  return a;
}
template <std::size_t n, class S>
Dual<n, S> operator*(double a, const Dual<n, S>& b) {
  return b * a;
}

template <std::size_t n, class S>
Dual<n, S> operator/(const Dual<n, S>& a, const Dual<n, S>& b) {
  const S quotient = a.value / b.value;
  Dual<n, S> result(quotient);
  for (std::size_t i = 0; i < n; ++i) result.d[i] = (a.d[i] - quotient * b.d[i]) / b.value;
  return result;
}
template <std::size_t n, class S>
Dual<n, S> operator/(Dual<n, S> a, double b) {
  a.value = a.value / b;
  for (S& d : a.d) d = d / b;
  return a;
}
template <std::size_t n, class S>
Dual<n, S> operator/(double a, const Dual<n, S>& b) {
  const S quotient = a / b.value;
  return chain(b, quotient, S(-quotient / b.value));
}

template <std::size_t n, class S, class T>
Dual<n, S>& operator+=(Dual<n, S>& a, const T& b) {
  return a = a + b;
}
template <std::size_t n, class S, class T>
Dual<n, S>& operator-=(Dual<n, S>& a, const T& b) {
  return a = a - b;
}
template <std::size_t n, class S, class T>
Dual<n, S>& operator*=(Dual<n, S>& a, const T& b) {
  return a = a * b;
}

template <std::size_t n, class S>
Dual<n, S> exp(const Dual<n, S>& a) {
  using std::exp;
  const S value = exp(a.value);
  return chain(a, value, value);
}
template <std::size_t n, class S>
Dual<n, S> expm1(const Dual<n, S>& a) {
  using std::exp, std::expm1;
  return chain(a, S(expm1(a.value)), S(exp(a.value)));
}
template <std::size_t n, class S>
Dual<n, S> log(const Dual<n, S>& a) {
  using std::log;
  return chain(a, S(log(a.value)), S(1.0 / a.value));
}
template <std::size_t n, class S>
Dual<n, S> sqrt(const Dual<n, S>& a) {
  using std::sqrt;
  const S root = sqrt(a.value);
  return chain(a, root, S(0.5 / root));
}
template <std::size_t n, class S>
Dual<n, S> sin(const Dual<n, S>& a) {
  using std::cos, std::sin;
  return chain(a, S(sin(a.value)), S(cos(a.value)));
}
template <std::size_t n, class S>
Dual<n, S> cos(const Dual<n, S>& a) {
  using std::cos, std::sin;
  return chain(a, S(cos(a.value)), S(-sin(a.value)));
}
template <std::size_t n, class S>
Dual<n, S> tanh(const Dual<n, S>& a) {
  using std::tanh;
  const S value = tanh(a.value);
  return chain(a, value, S(1.0 - value * value));
}
template <std::size_t n, class S>
Dual<n, S> atan(const Dual<n, S>& a) {
  using std::atan;
  return chain(a, S(atan(a.value)), S(1.0 / (1.0 + a.value * a.value)));
}
/// a^b for a > 0.
template <std::size_t n, class S>
Dual<n, S> pow(const Dual<n, S>& a, const Dual<n, S>& b) {
  using std::log, std::pow;
  const S value = pow(a.value, b.value);
  return chain(a, b, value, S(b.value * pow(a.value, b.value - 1.0)), S(value * log(a.value)));
}
template <std::size_t n, class S>
Dual<n, S> pow(double a, const Dual<n, S>& b) {
  using std::log, std::pow;
  const S value = pow(a, b.value);
  return chain(b, value, S(value * std::log(a)));
}

}  // namespace ravine::problems
