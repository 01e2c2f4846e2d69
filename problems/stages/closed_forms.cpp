#include "problems/stages/closed_forms.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems::closed_forms {
namespace {

constexpr double kPi = std::numbers::pi;

template <class F>
std::unique_ptr<Problem> stage(std::uint64_t n, F f) {
  Facts facts = plain_facts(homotopy_family(), n);
  facts.x0.assign(n, 0.0);
  return std::make_unique<FormulaProblem<F>>(std::move(f), std::move(facts));
}

/// 1 + sum of (x_i^2 + t^2) / 4000 - e prod of cos(x_i / sqrt i), e = exp(-t^2 sum of 1 / (2 i)).
/// 1 - e prod = (1 - e) + e (1 - prod), and 1 - prod as in classics/griewank.cpp.
struct Griewank {
  static constexpr bool kSquares = false;
  std::size_t n;
  double t, log_e;
  [[nodiscard]] std::size_t terms() const { return n + 1; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::sin;
    if (i < n) return (square(x[i]) + t * t) / 4000.0;
    T missing = 0;
    for (std::size_t j = 0; j < n; ++j) {
      const double root = std::sqrt(static_cast<double>(j + 1));
      const T d = 2 * square(sin(x[j] / (2 * root)));
      missing += d * (1 - missing);
    }
    return std::exp(log_e) * missing - std::expm1(log_e);
  }
};

/// sum of x_i^2 + t^2 + A (1 - e cos 2 pi x_i), e = exp(-2 pi^2 t^2), A = 10;
/// 1 - e cos = (1 - e) + 2 e sin^2. Convex from t = 0.517447 on.
struct Rastrigin {
  static constexpr bool kSquares = false;
  static constexpr double A = 10;
  std::size_t n;
  double t;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::sin;
    const double log_e = -2 * kPi * kPi * t * t;
    return square(x[i]) + (2 * A * std::exp(log_e)) * square(sin(kPi * x[i])) +
           (t * t - A * std::expm1(log_e));
  }
};

/// sum of 100 [(y - x^2)^2 + t^2 - 2 y t^2 + 6 x^2 t^2 + 3 t^4] + (1 - x)^2 + t^2 over neighbours
/// x = x_i, y = x_{i+1}.
struct Rosenbrock {
  static constexpr bool kSquares = false;
  std::size_t n;
  double t;
  [[nodiscard]] std::size_t terms() const { return n - 1; }
  template <class T, class X>
  T term(std::size_t i, const X& at) const {
    const T x = at[i], y = at[i + 1], u = square(x);
    const double s = t * t;
    return 100 * (square(y - u) + s * (6 * u - 2 * y + (1 + 3 * s))) + square(1 - x) + s;
  }
};

/// 1/2 sum of x_i^4 + 6 x_i^2 t^2 + 3 t^4 - 16 (x_i^2 + t^2) + 5 x_i. Convex from t = sqrt(8/3) =
/// 1.632993 on, one stationary point from t = 1.391281 on.
struct StyblinskiTang {
  static constexpr bool kSquares = false;
  std::size_t n;
  double t;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const T z = x[i], z2 = square(z);
    const double s = t * t;
    return 0.5 * (z2 * (z2 + (6 * s - 16)) + 5 * z + s * (3 * s - 16));
  }
};

}  // namespace

std::unique_ptr<Problem> griewank(std::uint64_t n, double t) {
  double log_e = 0;
  for (std::uint64_t i = 1; i <= n; ++i) log_e -= t * t / (2 * static_cast<double>(i));
  return stage(n, Griewank{n, t, log_e});
}
std::unique_ptr<Problem> rastrigin(std::uint64_t n, double t) { return stage(n, Rastrigin{n, t}); }
std::unique_ptr<Problem> rosenbrock(std::uint64_t n, double t) {
  return stage(n, Rosenbrock{n, t});
}
std::unique_ptr<Problem> styblinski_tang(std::uint64_t n, double t) {
  return stage(n, StyblinskiTang{n, t});
}

// The only stationary point for every t: x = 1 / (1 + 400 t^2), y = x^2 + t^2.
std::vector<double> rosenbrock_minimizer(const Facts& f, double t) {
  if (f.n != 2) return {};
  const double x = 1 / (1 + 400 * t * t);
  return {x, x * x + t * t};
}

// g(-x, t) = g(x, t) - 5 x: the global minimizer is negative, and p = 4 x^3 + (12 t^2 - 32) x + 5
// has one negative root, by Descartes' rule. Newton's method rises to it from -3, where p < 0 and
// below which p is concave.
std::vector<double> styblinski_tang_minimizer(const Facts& f, double t) {
  const double slope = 12 * t * t - 32;
  double x = -3;
  for (int k = 0; k < 100; ++k) {
    const double step = -(4 * x * x * x + slope * x + 5) / (12 * x * x + slope);
    if (!(x + step > x)) break;
    x += step;
  }
  return std::vector<double>(f.n, x);
}

}  // namespace ravine::problems::closed_forms
