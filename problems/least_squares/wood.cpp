// Moré, Garbow and Hillstrom's problem 14 (Wood; Colville 1968): f = r_1^2 + ... + r_6^2,
//   r_1 = 10 (x_2 - x_1^2),  r_2 = 1 - x_1,  r_3 = sqrt(90) (x_4 - x_3^2),  r_4 = 1 - x_3,
//   r_5 = sqrt(10) (x_2 + x_4 - 2),  r_6 = (x_2 - x_4) / sqrt(10).
// Methods slow down near the saddle, whose one negative eigenvalue is -0.1195.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Wood {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 6; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i == 0) return 10.0 * (x[1] - square(x[0]));
    if (i == 1) return 1.0 - x[0];
    if (i == 2) return std::sqrt(90.0) * (x[3] - square(x[2]));
    if (i == 3) return 1.0 - x[2];
    if (i == 4) return std::sqrt(10.0) * (x[1] + x[3] - 2.0);
    return (x[1] - x[3]) / std::sqrt(10.0);
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{.x0 = {-3, -1, -3, -1},
              .x_star = {1, 1, 1, 1},
              .f_star = 0,
              .landmarks = {{"saddle",
                             saddle,
                             7.87696716517686745,
                             {-.96797402493759313, .94713914081784178, -.96951631033159113,
                              .95124766579232524}}}};
  return collection_problem(wood_family(), parameters, instance, Wood{}, std::move(known));
}

}  // namespace

Family wood_family() {
  return collection_family("wood", 14,
                           "two coupled valleys of Rosenbrock, with a saddle on the way",
                           "Colville, A comparative study of nonlinear programming codes, Report "
                           "320-2949, IBM New York Scientific Center, 1968",
                           make);
}

}  // namespace ravine::problems
