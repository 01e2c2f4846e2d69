// Moré, Garbow and Hillstrom's problem 10 (Meyer 1970): f = sum of
//   (x_1 exp(x_2 / (t_i + x_3)) - y_i)^2,  t_i = 45 + 5 i, i = 1, ..., 16.
// The resistance of a thermistor by temperature; NIST's data set MGH10 from its second start. At
// the minimum the Hessian's eigenvalues are from 0.025 to 2.5e14.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Meyer {
  static constexpr bool kSquares = true;
  static constexpr double kY[] = {34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744,
                                  8261,  7030,  6005,  5147,  4427,  3820,  3307,  2872};
  [[nodiscard]] static std::size_t terms() { return std::size(kY); }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    const double t = 50 + 5 * static_cast<double>(i);
    return x[0] * exp(x[1] / (t + x[2])) - kY[i];
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  // Of a box any wider most starts are at f > 1e14.
  Known known{.x0 = {.02, 4000, 250},
              .x_star = {.0056096364710280525, 6181.3463462863723, 345.2236346241365},
              .f_star = 87.945855170851120897,
              .spread = .05};
  return collection_problem(meyer_family(), parameters, instance, Meyer{}, std::move(known));
}

}  // namespace

Family meyer_family() {
  return collection_family(
      "meyer", 10, "a thermistor by temperature: three parameters that stand for each other",
      "Meyer, Theoretical and computational aspects of nonlinear regression, in Rosen, Mangasarian "
      "and Ritter (eds.), Nonlinear Programming, Academic Press, 1970, 465-486",
      make);
}

}  // namespace ravine::problems
