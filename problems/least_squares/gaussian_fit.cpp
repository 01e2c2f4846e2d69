// Moré, Garbow and Hillstrom's problem 9, "Gaussian" (unpublished): f = sum of
//   (x_1 exp(-x_2 (t_i - x_3)^2 / 2) - y_i)^2,  t_i = (8 - i) / 2, i = 1, ..., 15.
// The start is nearly the minimum: f falls from 3.9e-6 to 1.1e-8.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct GaussianFit {
  static constexpr bool kSquares = true;
  static constexpr double kY[] = {.0009, .0044, .0175, .0540, .1295, .2420, .3521, .3989,
                                  .3521, .2420, .1295, .0540, .0175, .0044, .0009};
  [[nodiscard]] static std::size_t terms() { return std::size(kY); }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    const double t = (7 - static_cast<double>(i)) / 2;
    return x[0] * exp(-x[1] * square(t - x[2]) / 2.0) - kY[i];
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Known known{.x0 = {.4, 1, 0},
              .x_star = {.39895613783875668, 1.0000190844878057, 0},
              .f_star = 1.1279327696186480327e-8};
  return collection_problem(gaussian_fit_family(), parameters, instance, GaussianFit{},
                            std::move(known));
}

}  // namespace

Family gaussian_fit_family() {
  return collection_family("gaussian_fit", 9,
                           "a bell curve fitted to a table of the normal density", "unpublished",
                           make);
}

}  // namespace ravine::problems
