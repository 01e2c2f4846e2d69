// Reverse differentiation: the operations of a formula are written down as it is computed, and read
// backwards for all its derivatives at the price of a few values. Values are computed as doubles
// alone would be, to the bit. With Dual<1> as the type of numbers the gradient carries its own
// derivative along one direction: a Hessian-vector product (Griewank and Walther, Evaluating
// Derivatives, 2nd edition, 2008, chapters 3 and 5).
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "problems/formula/dual.hpp"

namespace ravine::problems {

/// What was computed since the last clear. S: double or Dual<1>.
template <class S>
class Tape {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  void clear() { nodes_.clear(); }

  /// The variable with this index, as an input of what follows.
  std::uint32_t input(std::size_t variable) {
    nodes_.push_back({S(0.0), S(0.0), kNone, static_cast<std::uint32_t>(variable), true});
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }
  /// The result of an operation: its slopes in its arguments; kNone for one that there is not.
  std::uint32_t node(std::uint32_t a, const S& slope_a, std::uint32_t b = kNone,
                     const S& slope_b = S(0.0)) {
    nodes_.push_back({slope_a, slope_b, a, b, false});
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  /// add(variable, seed * d result / d variable) for each time that a variable came in.
  template <class Add>
  void backward(std::uint32_t result, const S& seed, Add add) {
    if (result == kNone) return;  // a constant
    adjoints_.assign(result + 1, S(0.0));
    adjoints_[result] = seed;
    for (std::uint32_t k = result + 1; k-- > 0;) {
      const Node& node = nodes_[k];
      if (node.is_input) {
        add(node.b, adjoints_[k]);
        continue;
      }
      if (node.a != kNone) adjoints_[node.a] = adjoints_[node.a] + adjoints_[k] * node.slope_a;
      if (node.b != kNone) adjoints_[node.b] = adjoints_[node.b] + adjoints_[k] * node.slope_b;
    }
  }

 private:
  struct Node {
    S slope_a, slope_b;
    std::uint32_t a, b;  // earlier nodes; an input's variable is in b
    bool is_input;
  };
  std::vector<Node> nodes_;
  std::vector<S> adjoints_;
};

/// A number on a tape; one without a tape is a constant.
template <class S>
struct Var {
  S value{};
  Tape<S>* tape = nullptr;
  std::uint32_t id = Tape<S>::kNone;

  Var() = default;
  Var(double v) : value(v) {}  // NOLINT(google-explicit-constructor): a constant is a number
  Var(const S& v, Tape<S>* on, std::uint32_t at) : value(v), tape(on), id(at) {}
};

/// f(a), f(a) = value, f'(a) = slope.
template <class S>
Var<S> chain(const Var<S>& a, const S& value, const S& slope) {
  if (a.tape == nullptr) return {value, nullptr, Tape<S>::kNone};
  return {value, a.tape, a.tape->node(a.id, slope)};
}
template <class S>
Var<S> chain(const Var<S>& a, const Var<S>& b, const S& value, const S& slope_a, const S& slope_b) {
  Tape<S>* tape = a.tape != nullptr ? a.tape : b.tape;
  if (tape == nullptr) return {value, nullptr, Tape<S>::kNone};
  return {value, tape, tape->node(a.id, slope_a, b.id, slope_b)};
}

template <class S>
Var<S> operator+(const Var<S>& a, const Var<S>& b) {
  return chain(a, b, S(a.value + b.value), S(1.0), S(1.0));
}
template <class S>
Var<S> operator+(const Var<S>& a, double b) {
  return chain(a, S(a.value + b), S(1.0));
}
template <class S>
Var<S> operator+(double a, const Var<S>& b) {
  return chain(b, S(a + b.value), S(1.0));
}
template <class S>
Var<S> operator-(const Var<S>& a) {
  return chain(a, S(-a.value), S(-1.0));
}
template <class S>
Var<S> operator-(const Var<S>& a, const Var<S>& b) {
  return chain(a, b, S(a.value - b.value), S(1.0), S(-1.0));
}
template <class S>
Var<S> operator-(const Var<S>& a, double b) {
  return chain(a, S(a.value - b), S(1.0));
}
template <class S>
Var<S> operator-(double a, const Var<S>& b) {
  return chain(b, S(a - b.value), S(-1.0));
}
template <class S>
Var<S> operator*(const Var<S>& a, const Var<S>& b) {
  return chain(a, b, S(a.value * b.value), b.value, a.value);
}
template <class S>
Var<S> operator*(const Var<S>& a, double b) {
  return chain(a, S(a.value * b), S(b));
}
template <class S>
Var<S> operator*(double a, const Var<S>& b) {
  return chain(b, S(a * b.value), S(a));
}
template <class S>
Var<S> operator/(const Var<S>& a, const Var<S>& b) {
  const S quotient = a.value / b.value;
  return chain(a, b, quotient, S(1.0 / b.value), S(-quotient / b.value));
}
template <class S>
Var<S> operator/(const Var<S>& a, double b) {
  return chain(a, S(a.value / b), S(1.0 / b));
}
template <class S>
Var<S> operator/(double a, const Var<S>& b) {
  const S quotient = a / b.value;
  return chain(b, quotient, S(-quotient / b.value));
}
template <class S, class T>
Var<S>& operator+=(Var<S>& a, const T& b) {
  return a = a + b;
}
template <class S, class T>
Var<S>& operator-=(Var<S>& a, const T& b) {
  return a = a - b;
}
template <class S, class T>
Var<S>& operator*=(Var<S>& a, const T& b) {
  return a = a * b;
}

template <class S>
Var<S> exp(const Var<S>& a) {
  using std::exp;
  const S value = exp(a.value);
  return chain(a, value, value);
}
template <class S>
Var<S> log(const Var<S>& a) {
  using std::log;
  return chain(a, S(log(a.value)), S(1.0 / a.value));
}
template <class S>
Var<S> sqrt(const Var<S>& a) {
  using std::sqrt;
  const S root = sqrt(a.value);
  return chain(a, root, S(0.5 / root));
}
template <class S>
Var<S> sin(const Var<S>& a) {
  using std::cos, std::sin;
  return chain(a, S(sin(a.value)), S(cos(a.value)));
}
template <class S>
Var<S> cos(const Var<S>& a) {
  using std::cos, std::sin;
  return chain(a, S(cos(a.value)), S(-sin(a.value)));
}
template <class S>
Var<S> atan(const Var<S>& a) {
  using std::atan;
  return chain(a, S(atan(a.value)), S(1.0 / (1.0 + a.value * a.value)));
}
template <class S>
Var<S> tanh(const Var<S>& a) {
  using std::tanh;
  const S value = tanh(a.value);
  return chain(a, value, S(1.0 - value * value));
}
/// a^b for a > 0.
template <class S>
Var<S> pow(const Var<S>& a, const Var<S>& b) {
  using std::log, std::pow;
  const S value = pow(a.value, b.value);
  return chain(a, b, value, S(b.value * pow(a.value, b.value - 1.0)), S(value * log(a.value)));
}

/// The value of a number of any kind, for the branches of a formula.
inline double plain(double a) { return a; }
template <std::size_t n>
double plain(const Dual<n>& a) {
  return a.value;
}
template <class S>
double plain(const Var<S>& a) {
  return plain(a.value);
}
/// a^2
template <class T>
T square(const T& a) {
  return a * a;
}

}  // namespace ravine::problems
