// Moré, Garbow and Hillstrom's problem 16 (Brown and Dennis 1971): f = sum of
//   ((x_1 + t_i x_2 - exp(t_i))^2 + (x_3 + x_4 sin(t_i) - cos(t_i))^2)^2,  t_i = i / 5, i <= 20.
// The start has x_4 = -1; copies with +1 begin at f = 7632895 instead of 7926693. The residuals do
// not vanish: methods that neglect their second derivatives are linear or worse.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct BrownDennis {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 20; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const double t = static_cast<double>(i + 1) / 5;
    return square(x[0] + t * x[1] - std::exp(t)) + square(x[2] + std::sin(t) * x[3] - std::cos(t));
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Known known{
      .x0 = {25, 5, -5, -1},
      .x_star = {-11.594439904762165, 13.203630051207204, -.40343948817685952, .2367787744557363},
      .f_star = 85822.201626356344661};
  return collection_problem(brown_dennis_family(), parameters, instance, BrownDennis{},
                            std::move(known));
}

}  // namespace

Family brown_dennis_family() {
  return collection_family(
      "brown_dennis", 16, "squares of squares, with large residuals at the minimum",
      "Brown and Dennis, New computational algorithms for minimizing a sum of squares of nonlinear "
      "functions, Report 71-6, Yale University, Department of Computer Science, 1971",
      make);
}

}  // namespace ravine::problems
