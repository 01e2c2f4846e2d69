// Moré, Garbow and Hillstrom's problem 3 (Powell 1970): f = r_1^2 + r_2^2,
//   r_1 = 10^4 x_1 x_2 - 1,  r_2 = exp(-x_1) + exp(-x_2) - 1.0001.
// At the minimum the Hessian's eigenvalues are 2.4e-8 and 1.7e10.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct PowellBadlyScaled {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 2; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    const T x1 = x[0], x2 = x[1];
    if (i == 0) return 1e4 * x1 * x2 - 1.0;
    return exp(-x1) + exp(-x2) - 1.0001;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Known known{.x0 = {0, 1}, .x_star = {1.0981593296998175e-5, 9.106146739866524}, .f_star = 0};
  return collection_problem(powell_badly_scaled_family(), parameters, instance, PowellBadlyScaled{},
                            std::move(known));
}

}  // namespace

Family powell_badly_scaled_family() {
  return collection_family(
      "powell_badly_scaled", 3, "a hyperbola met by exponentials, variables of 1e-5 and 9",
      "Powell, A hybrid method for nonlinear equations, in Rabinowitz (ed.), Numerical Methods for "
      "Nonlinear Algebraic Equations, Gordon and Breach, 1970, 87-114",
      make);
}

}  // namespace ravine::problems
