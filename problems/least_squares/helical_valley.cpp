// Moré, Garbow and Hillstrom's problem 7 (Fletcher and Powell 1963): f = r_1^2 + r_2^2 + r_3^2,
//   r_1 = 10 (x_3 - 10 theta),  r_2 = 10 (sqrt(x_1^2 + x_2^2) - 1),  r_3 = x_3,
// theta = atan(x_2 / x_1) / (2 pi), plus 1/2 where x_1 < 0: the angle in turns, from -1/4 to 3/4.
// It is cut where it jumps, at x_1 = 0 with x_2 < 0 and not, as for atan2, at x_2 = 0 with x_1 < 0,
// where the start is. On the axis x_1 = x_2 = 0 there is none.
#include <cmath>
#include <numbers>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

/// Continuous across x_1 = 0 for x_2 > 0, with its slopes.
template <class T>
T theta(const T& x1, const T& x2) {
  using std::atan;
  constexpr double kTurn = 2 * std::numbers::pi;
  const double a = plain(x1), b = plain(x2);
  if (std::fabs(a) < std::fabs(b)) {  // atan(q) = +-pi/2 - atan(1/q)
    const double quarters = b > 0 ? 1 : a < 0 ? 3 : -1;
    return quarters / 4 - atan(x1 / x2) / kTurn;
  }
  return (a < 0 ? .5 : 0.0) + atan(x2 / x1) / kTurn;
}

struct HelicalValley {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 3; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::sqrt;
    const T x1 = x[0], x2 = x[1], x3 = x[2];
    if (i == 0) return 10.0 * (x3 - 10.0 * theta(x1, x2));
    if (i == 1) return 10.0 * (sqrt(square(x1) + square(x2)) - 1.0);
    return x3;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Known known{.x0 = {-1, 0, 0}, .x_star = {1, 0, 0}, .f_star = 0};
  return collection_problem(helical_valley_family(), parameters, instance, HelicalValley{},
                            std::move(known));
}

}  // namespace

Family helical_valley_family() {
  return collection_family("helical_valley", 7,
                           "a valley wound around an axis, the minimum half a turn away",
                           "Fletcher and Powell, A rapidly convergent descent method for "
                           "minimization, The Computer Journal 6, 1963, 163-168",
                           make);
}

}  // namespace ravine::problems
