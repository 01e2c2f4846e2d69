// Booth's function, f = (x + 2 y - 7)^2 + (2 x + y - 5)^2. Minimum 0 at (1, 3); the Hessian has the
// eigenvalues 2 and 18. Drawn in [-10, 10]^2, started at (-5, -5).
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct Booth {
  static constexpr bool kSquares = true;
  [[nodiscard]] std::size_t terms() const { return 2; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    return i == 0 ? x[0] + 2 * x[1] - 7 : 2 * x[0] + x[1] - 5;
  }
};

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  Known known{.x0 = {-5, -5}, .x_star = {1, 3}, .f_star = 0, .spread = 10, .centre = 0};
  Facts facts = plain_facts(booth_family(), 2);
  facts.constants.insert({{"mu", 2}, {"L", 18}, {"kappa", 9}});
  known.fill(facts, instance);
  return std::make_unique<FormulaProblem<Booth>>(Booth{}, std::move(facts));
}

}  // namespace

Family booth_family() {
  Family family;
  family.id = "booth";
  family.summary = "a convex quadratic of two variables with condition number 9";
  family.citation =
      "Jamil and Yang, A literature survey of benchmark functions for global optimization "
      "problems, International Journal of Mathematical Modelling and Numerical Optimisation 4, "
      "2013, 150-194, function 17";

  family.make = make;
  return family;
}

}  // namespace ravine::problems
