// Moré, Garbow and Hillstrom's problem 18 (Biggs 1971): f = sum over t_i = i / 10, i <= 13, of
//   (x_3 exp(-t_i x_1) - x_4 exp(-t_i x_2) + x_6 exp(-t_i x_5) - y_i)^2,
//   y_i = exp(-t_i) - 5 exp(-10 t_i) + 3 exp(-4 t_i).
// Zero where the three exponentials are those of y, in any of six orders. The paper's 5.65565e-3 is
// not the minimum but a ridge of local ones: x_1 = x_5, x_3 + x_6 fixed.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct BiggsExp6 {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 13; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    const double t = static_cast<double>(i + 1) / 10;
    const double y = std::exp(-t) - 5 * std::exp(-10 * t) + 3 * std::exp(-4 * t);
    return x[2] * exp(-t * x[0]) - x[3] * exp(-t * x[1]) + x[5] * exp(-t * x[4]) - y;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{.x0 = {1, 2, 1, 1, 1, 1},
              .x_star = {1, 10, 1, 5, 4, 3},
              .f_star = 0,
              .landmarks = {{"rates 1, 4, 10", minimum, 0, {1, 4, 1, -3, 10, -5}},
                            {"rates 4, 1, 10", minimum, 0, {4, 1, 3, -1, 10, -5}},
                            {"rates 4, 10, 1", minimum, 0, {4, 10, 3, 5, 1, 1}},
                            {"rates 10, 1, 4", minimum, 0, {10, 1, -5, -1, 4, 3}},
                            {"rates 10, 4, 1", minimum, 0, {10, 4, -5, -3, 1, 1}},
                            {"ridge x1 = x5", minimum, .005655649925501893, {}}}};
  return collection_problem(biggs_exp6_family(), parameters, instance, BiggsExp6{},
                            std::move(known));
}

}  // namespace

Family biggs_exp6_family() {
  return collection_family(
      "biggs_exp6", 18, "three exponentials with their factors; a ridge of local minima",
      "Biggs, Minimization algorithms making use of non-quadratic properties of the objective "
      "function, Journal of the Institute of Mathematics and its Applications 8, 1971, 315-327",
      make);
}

}  // namespace ravine::problems
