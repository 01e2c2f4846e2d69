// The three-hump camel, f = 2 x^2 - 1.05 x^4 + x^6 / 6 + x y + y^2. Minimum 0 at 0. Drawn in
// [-5, 5]^2, started at (2, 1), in the basin of a local minimum.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct ThreeHumpCamel {
  static constexpr bool kSquares = false;
  [[nodiscard]] std::size_t terms() const { return 1; }
  template <class T, class X>
  T term(std::size_t, const X& x) const {
    const T u = square(x[0]);
    return u * (2 + u * (u / 6.0 - 1.05)) + (x[0] + x[1]) * x[1];
  }
};

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{.x0 = {2, 1},
              .x_star = {0, 0},
              .f_star = 0,
              .landmarks = {{"local minimum, x < 0",
                             minimum,
                             0.29863844223685981976,
                             {-1.747552345830288899, 0.8737761729151444493}},
                            {"saddle, x > 0",
                             saddle,
                             0.87736155776314018024,
                             {1.070542291823659973, -0.5352711459118299865}},
                            {"local minimum, x > 0",
                             minimum,
                             0.29863844223685981976,
                             {1.747552345830288899, -0.8737761729151444493}},
                            {"saddle, x < 0",
                             saddle,
                             0.87736155776314018024,
                             {-1.070542291823659973, 0.5352711459118299865}}},
              .spread = 5,
              .centre = 0};
  return formula_problem(three_hump_camel_family(), instance, ThreeHumpCamel{}, known);
}

}  // namespace

Family three_hump_camel_family() {
  Family family;
  family.id = "three_hump_camel";
  family.summary = "three minima, the global one between two others";
  family.citation =
      "Branin, Widely convergent method for finding multiple solutions of simultaneous nonlinear "
      "equations, IBM Journal of Research and Development 16, 1972, 504-522";

  family.make = make;
  return family;
}

}  // namespace ravine::problems
