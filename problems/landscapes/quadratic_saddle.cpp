// f(x, y) = 1/2 (x^2 - y^2) on the box [-w, w]^2, where the minimum -w^2/2 is at the middle of the
// faces y = +-w. Newton's method jumps to the saddle in one step, wherever it starts; a method that
// descends leaves it, and the box stops it. Starts at (w/2, delta w); others anywhere in the box.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct QuadraticSaddle {
  static constexpr bool kSquares = false;
  [[nodiscard]] std::size_t terms() const { return 2; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    return (i == 0 ? 0.5 : -0.5) * square(T(x[i]));
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  const double w = real(parameters, "half_width");
  const Known known{.x0 = {0.5 * w, real(parameters, "delta") * w},
                    .x_star = {0, w},
                    .f_star = -0.5 * w * w,
                    .landmarks = {{"saddle", saddle, 0, {0, 0}},
                                  {"the other face", minimum, -0.5 * w * w, {0, -w}}},
                    .spread = w,
                    .centre = 0};
  Facts facts = plain_facts(quadratic_saddle_family(), 2);
  known.fill(facts, instance);
  facts.lower = {-w, -w};
  facts.upper = {w, w};
  facts.constants["L"] = 1;  // of the gradient
  return std::make_unique<FormulaProblem<QuadraticSaddle>>(QuadraticSaddle{}, std::move(facts));
}

}  // namespace

Family quadratic_saddle_family() {
  Family family;
  family.id = "quadratic_saddle";
  family.summary = "a saddle in a box, with its minima on two faces";
  family.citation =
      "Dauphin, Pascanu, Gulcehre, Cho, Ganguli and Bengio, Identifying and attacking the saddle "
      "point problem in high-dimensional non-convex optimization, NIPS 2014";
  using enum ParameterType;
  family.parameters = {
      {"half_width", real, "1", 1e-3, 1e3, {}, "w of the box [-w, w]^2"},
      {"delta", real, "1e-3", 0, 1, {}, "y at the start over w; from 0 the gradient never leaves"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
