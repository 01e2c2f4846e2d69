// Moré, Garbow and Hillstrom's problem 17 (Osborne 1972): f = sum of
//   (y_i - (x_1 + x_2 exp(-t_i x_4) + x_3 exp(-t_i x_5)))^2,  t_i = 10 (i - 1), i = 1, ..., 33.
// NIST's data set MGH17 from its second start.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Osborne1 {
  static constexpr bool kSquares = true;
  static constexpr double kY[] = {.844, .908, .932, .936, .925, .908, .881, .850, .818, .784, .751,
                                  .718, .685, .658, .628, .603, .580, .558, .538, .522, .506, .490,
                                  .478, .467, .457, .448, .438, .431, .424, .420, .414, .411, .406};
  [[nodiscard]] static std::size_t terms() { return std::size(kY); }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    const double t = 10 * static_cast<double>(i);
    return kY[i] - (x[0] + x[1] * exp(-t * x[3]) + x[2] * exp(-t * x[4]));
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  // Starts keep the exponentials decaying: t is up to 320.
  Known known{.x0 = {.5, 1.5, -1, .01, .02},
              .x_star = {.37541005210695204, 1.9358469127123674, -1.4646871366134231,
                         .012867534640057289, .022122699661672611},
              .f_star = 5.4648946974829064e-5,
              .spread = .01};
  return collection_problem(osborne_1_family(), parameters, instance, Osborne1{}, std::move(known));
}

}  // namespace

Family osborne_1_family() {
  return collection_family(
      "osborne_1", 17, "two decays that nearly cancel each other, and a constant",
      "Osborne, Some aspects of nonlinear least squares calculations, in Lootsma (ed.), Numerical "
      "Methods for Nonlinear Optimization, Academic Press, 1972, 171-189",
      make);
}

}  // namespace ravine::problems
