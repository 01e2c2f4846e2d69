// Matyas's function, f = 0.26 (x^2 + y^2) - 0.48 x y, here as 0.24 (x - y)^2 + 0.02 (x^2 + y^2),
// which keeps its digits along the valley. Minimum 0 at 0; the Hessian has the eigenvalues 0.04
// and 1. Drawn in [-10, 10]^2, started at (-10, 5).
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct Matyas {
  static constexpr bool kSquares = false;
  [[nodiscard]] std::size_t terms() const { return 2; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i == 0) return 0.24 * square(x[0] - x[1]);
    return 0.02 * (square(x[0]) + square(x[1]));
  }
};

struct MatyasSquares {
  static constexpr bool kSquares = true;
  [[nodiscard]] std::size_t terms() const { return 3; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i == 2) return std::sqrt(0.24) * (x[0] - x[1]);
    return std::sqrt(0.02) * x[i];
  }
};

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  Known known{.x0 = {-10, 5}, .x_star = {0, 0}, .f_star = 0, .spread = 10, .centre = 0};
  Facts facts = plain_facts(matyas_family(), 2);
  facts.constants.insert({{"mu", 0.04}, {"L", 1}, {"kappa", 25}});
  known.fill(facts, instance);
  return std::make_unique<FormulaBesideSquares<Matyas, MatyasSquares>>(Matyas{}, MatyasSquares{},
                                                                       std::move(facts));
}

}  // namespace

Family matyas_family() {
  Family family;
  family.id = "matyas";
  family.summary = "a convex quadratic of two variables with condition number 25";
  family.citation =
      "Jamil and Yang, A literature survey of benchmark functions for global optimization "
      "problems, International Journal of Mathematical Modelling and Numerical Optimisation 4, "
      "2013, 150-194, function 71";

  family.make = make;
  return family;
}

}  // namespace ravine::problems
