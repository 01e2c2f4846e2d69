// Moré, Garbow and Hillstrom's problem 13 (Powell 1962): f = r_1^2 + ... + r_4^2,
//   r_1 = x_1 + 10 x_2,  r_2 = sqrt(5) (x_3 - x_4),  r_3 = (x_2 - 2 x_3)^2,
//   r_4 = sqrt(10) (x_1 - x_4)^2.
// At the minimum the Hessian has rank 2: Newton's method is linear.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct PowellSingular {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 4; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i == 0) return x[0] + 10.0 * x[1];
    if (i == 1) return std::sqrt(5.0) * (x[2] - x[3]);
    if (i == 2) return square(x[1] - 2.0 * x[2]);
    return std::sqrt(10.0) * square(x[0] - x[3]);
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Known known{.x0 = {3, -1, 0, 1}, .x_star = {0, 0, 0, 0}, .f_star = 0};
  return collection_problem(powell_singular_family(), parameters, instance, PowellSingular{},
                            std::move(known));
}

}  // namespace

Family powell_singular_family() {
  return collection_family("powell_singular", 13,
                           "a quartic whose Hessian is singular at the minimum",
                           "Powell, An iterative method for finding stationary values of a "
                           "function of several variables, The Computer Journal 5, 1962, 147-151",
                           make);
}

}  // namespace ravine::problems
