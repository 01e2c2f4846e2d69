// Goldstein and Price's function, f = a b,
//   a = 1 + (x + y + 1)^2 (19 - 14 x + 3 x^2 - 14 y + 6 x y + 3 y^2),
//   b = 30 + (2 x - 3 y)^2 (18 - 32 x + 12 x^2 + 48 y - 36 x y + 27 y^2).
// The brackets are 19 - 14 s + 3 s^2 and 18 - 16 d + 3 d^2 of s = x + y and
// d = 2 x - 3 y. Minimum 3 at (0, -1). Drawn in [-2, 2]^2, started at (1, -1).
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct GoldsteinPrice {
  static constexpr bool kSquares = false;
  [[nodiscard]] std::size_t terms() const { return 1; }
  template <class T, class X>
  T term(std::size_t, const X& x) const {
    const T s = x[0] + x[1], d = 2 * x[0] - 3 * x[1];
    return (1 + square(s + 1) * (19 + s * (3 * s - 14))) *
           (30 + square(d) * (18 + d * (3 * d - 16)));
  }
};

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{.x0 = {1, -1},
              .x_star = {0, -1},
              .f_star = 3,
              .landmarks = {{"local minimum, 84", minimum, 84, {1.8, 0.2}},
                            {"local minimum, 30", minimum, 30, {-0.6, -0.4}},
                            {"local minimum, 840", minimum, 840, {1.2, 0.8}},
                            {"saddle, 35", saddle, 35, {-0.4, -0.6}},
                            {"saddle, 99", saddle, 99, {1.2, -0.2}},
                            {"saddle, 980", saddle, 980, {1.4, 0.6}},
                            {"saddle, 990", saddle, 990, {0.6, 0.4}},
                            {"maximum", maximum, 1155, {0.8, 0.2}}},
              .spread = 2,
              .centre = 0};
  return formula_problem(goldstein_price_family(), instance, GoldsteinPrice{}, known);
}

}  // namespace

Family goldstein_price_family() {
  Family family;
  family.id = "goldstein_price";
  family.summary = "four minima in a range of values from 3 to 1e6";
  family.citation =
      "Goldstein and Price, On descent from local minima, Mathematics of Computation 25, 1971, "
      "569-574";

  family.make = make;
  return family;
}

}  // namespace ravine::problems
