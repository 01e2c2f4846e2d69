// Moré, Garbow and Hillstrom's problem 12 (Box 1966): f = sum of
//   (exp(-t_i x_1) - exp(-t_i x_2) - x_3 (exp(-t_i) - exp(-10 t_i)))^2,  t_i = i / 10, i <= 10.
// Zero at (1, 10, 1), at (10, 1, -1) and wherever x_1 = x_2, x_3 = 0.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Box3d {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 10; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    const double t = static_cast<double>(i + 1) / 10;
    return exp(-t * x[0]) - exp(-t * x[1]) - (std::exp(-t) - std::exp(-10 * t)) * x[2];
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{.x0 = {0, 10, 20},
              .x_star = {1, 10, 1},
              .f_star = 0,
              .landmarks = {{"exponentials exchanged", minimum, 0, {10, 1, -1}},
                            {"x1 = x2, x3 = 0", minimum, 0, {}}}};
  return collection_problem(box_3d_family(), parameters, instance, Box3d{}, std::move(known));
}

}  // namespace

Family box_3d_family() {
  return collection_family(
      "box_3d", 12, "the difference of two exponentials; minima in two points and on a line",
      "Box, A comparison of several current optimization methods, and the use of transformations "
      "in constrained problems, The Computer Journal 9, 1966, 67-77",
      make);
}

}  // namespace ravine::problems
