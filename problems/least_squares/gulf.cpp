// Moré, Garbow and Hillstrom's problem 11 (Gulf Research and Development; Cox 1969): f = sum of
//   (exp(-|y_i - x_2|^x_3 / x_1) - t_i)^2,  t_i = i / 100, i = 1, ..., m <= 100,
//   y_i = 25 + (-50 ln t_i)^(2/3).
// The paper prints |y_i m i x_2|; with y_i - x_2 the minimum is 0. For i = 100 y is 25: at the
// minimum, x_2 = 25, that power is 0^x_3, with the slopes 0 and not 0 ln 0.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Gulf {
  static constexpr bool kSquares = true;
  std::size_t m = 0;
  [[nodiscard]] std::size_t terms() const { return m; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp, std::pow;
    const double t = static_cast<double>(i + 1) / 100;
    const double y = 25 + std::cbrt(square(-50 * std::log(t)));
    const T x3 = x[2];
    T distance = y - x[1];
    if (plain(distance) < 0) distance = -distance;
    const bool flat = plain(distance) == 0 && plain(x3) > 0;
    const T power = flat ? T(0.0) : T(pow(distance, x3));
    return exp(-power / x[0]) - t;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  // Starts keep x_3 > 0.
  Known known{.x0 = {5, 2.5, .15}, .x_star = {50, 25, 1.5}, .f_star = 0, .spread = .1};
  return collection_problem(gulf_family(), parameters, instance,
                            Gulf{static_cast<std::size_t>(whole(parameters, "m"))},
                            std::move(known));
}

}  // namespace

Family gulf_family() {
  return collection_family(
      "gulf", 11,
      "a distribution function with a power, two of its parameters far from their start",
      "Cox, Comparison of the performance of seven optimization algorithms on twelve unconstrained "
      "optimization problems, Gulf Research and Development Company, Pittsburgh, 1969",
      make, {{"m", ParameterType::integer, "99", 3, 100, {}, "number of observations"}});
}

}  // namespace ravine::problems
