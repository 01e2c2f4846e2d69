// Branin's function, f = (y - 5.1 / (4 pi^2) x^2 + 5 / pi x - 6)^2 + 10 (1 - t) cos x + 10,
// t = 1 / (8 pi). With cos x = 2 cos^2(x / 2) - 1 the waves are 10 t + 20 (1 - t) cos^2(x / 2), so
// that f* = 10 t = 5 / (4 pi) stands apart. Global minima wherever cos x = -1: three of them in the
// usual box [-5, 10] x [0, 15], in which instances are drawn; saddles between them.
#include <numbers>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kT = 1 / (8 * kPi);
constexpr double kMinimum = 1.25 / kPi;  // 10 t

struct Branin {
  static constexpr bool kSquares = false;
  [[nodiscard]] std::size_t terms() const { return 2; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::cos;
    if (i == 0) return square(x[1] + (5 / kPi - (5.1 / (4 * kPi * kPi)) * x[0]) * x[0] - 6);
    return kMinimum + 20 * (1 - kT) * square(cos(0.5 * x[0]));
  }
};

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{.x0 = {2.5, 12.5},
              .x_star = {kPi, 2.275},
              .f_star = kMinimum,
              .landmarks = {{"global minimum at -pi", minimum, kMinimum, {-kPi, 12.275}},
                            {"global minimum at 3 pi", minimum, kMinimum, {3 * kPi, 2.475}},
                            {"saddle at 0", saddle, 20 - kMinimum, {0, 6}},
                            {"saddle at 2 pi", saddle, 20 - kMinimum, {2 * kPi, 1.1}}},
              .spread = 7.5,
              .centre = 5};
  return formula_problem(branin_family(), instance, Branin{}, known);
}

}  // namespace

Family branin_family() {
  Family family;
  family.id = "branin";
  family.summary = "three global minima along a parabola";
  family.citation =
      "Branin, Widely convergent method for finding multiple solutions of simultaneous nonlinear "
      "equations, IBM Journal of Research and Development 16, 1972, 504-522; start: Schneider, "
      "Balles and Hennig, DeepOBS, ICLR 2019";

  family.make = make;
  return family;
}

}  // namespace ravine::problems
