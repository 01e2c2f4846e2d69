// Levy's function, with u_i = (x_i - 1) / 4 (the papers' w_i - 1):
//   f = sin^2(pi u_1) + sum over i < n of u_i^2 (1 + 10 sin^2(pi u_i + 1))
//       + u_n^2 (1 + sin^2(2 pi u_n)).
// (sin^2(pi w_i + 1) and the others are those of u_i, whose digits near the minimum w_i has lost.)
// Minimum 0 at (1, ..., 1). Drawn in [-10, 10]^n, started at (-4, 5, -4, ...).
#include <cmath>
#include <numbers>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct Levy {
  static constexpr bool kSquares = false;
  static constexpr double kPi = std::numbers::pi;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n + 1; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::sin;
    const T u = (x[i % n] - 1) / 4.0;
    if (i == n) return square(sin(kPi * u));
    if (i + 1 == n) return square(u) * (1 + square(sin(2 * kPi * u)));
    return square(u) * (1 + 10 * square(sin(kPi * u + 1)));
  }
};

struct LevySquares {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return 2 * n + 1; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::sin;
    const T u = (x[i % n] - 1) / 4.0;
    if (i == 2 * n) return sin(Levy::kPi * u);
    if (i < n) return u;
    if (i + 1 == 2 * n) return u * sin(2 * Levy::kPi * u);
    return std::sqrt(10) * u * sin(Levy::kPi * u + 1);
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  Known known{.x0 = std::vector<double>(n),
              .x_star = std::vector<double>(n, 1),
              .f_star = 0,
              .spread = 10,
              .centre = 0};
  for (std::uint64_t i = 0; i < n; ++i) known.x0[i] = i % 2 == 0 ? -4 : 5;
  Facts facts = plain_facts(levy_family(), n);
  known.fill(facts, instance);
  return std::make_unique<FormulaBesideSquares<Levy, LevySquares>>(Levy{n}, LevySquares{n},
                                                                   std::move(facts));
}

}  // namespace

Family levy_family() {
  Family family;
  family.id = "levy";
  family.summary = "waves of growing depth on a bowl";
  family.citation =
      "Levy and Montalvo, The tunneling algorithm for the global minimization of functions, SIAM "
      "Journal on Scientific and Statistical Computing 6, 1985, 15-29; in this form: Laguna and "
      "Marti, Experimental testing of advanced scatter search designs for global optimization of "
      "multimodal functions, Journal of Global Optimization 33, 2005, 235-255";
  family.parameters = {dimension_parameter(1, "2")};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
