// The monkey saddle, bounded: f = x^3 - 3 x y^2 + 1/4 (x^2 + y^2)^2 = r^3 cos 3 phi + r^4/4. Three
// minima -27/4 at r = 3, phi = pi and +-pi/3; the saddle between them, at 0, is degenerate: its
// Hessian is zero, so that second derivatives do not tell it from a minimum, and the gradient
// vanishes as r^2.
//
// Starts at (1, 0), on the ridge phi = 0 from where the gradient leads to the saddle; others in
// [-1, 1]^2.
#include <numbers>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct MonkeySaddle {
  static constexpr bool kSquares = false;
  [[nodiscard]] std::size_t terms() const { return 1; }
  template <class T, class X>
  T term(std::size_t, const X& p) const {
    const T x = p[0], u = square(x), v = square(T(p[1]));
    return x * (u - 3 * v) + 0.25 * square(u + v);
  }
};

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  constexpr double kHeight = 1.5 * std::numbers::sqrt3;
  const Known known{.x0 = {1, 0},
                    .x_star = {-3, 0},
                    .f_star = -6.75,
                    .landmarks = {{"degenerate saddle", saddle, 0, {0, 0}},
                                  {"minimum, y > 0", minimum, -6.75, {1.5, kHeight}},
                                  {"minimum, y < 0", minimum, -6.75, {1.5, -kHeight}}},
                    .spread = 1,
                    .centre = 0};
  Facts facts = plain_facts(monkey_saddle_family(), 2);
  known.fill(facts, instance);
  // At the minima: 9 along the radius, 27 across.
  facts.constants.insert({{"mu", 9}, {"L", 27}, {"kappa", 3}});
  return std::make_unique<FormulaProblem<MonkeySaddle>>(MonkeySaddle{}, std::move(facts));
}

}  // namespace

Family monkey_saddle_family() {
  Family family;
  family.id = "monkey_saddle";
  family.summary = "a saddle without curvature, between three minima";
  family.citation =
      "Dauphin, Pascanu, Gulcehre, Cho, Ganguli and Bengio, Identifying and attacking the saddle "
      "point problem in high-dimensional non-convex optimization, NIPS 2014; bounded by a fourth "
      "power";
  family.make = make;
  return family;
}

}  // namespace ravine::problems
