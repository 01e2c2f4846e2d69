// Himmelblau's function, f = (x^2 + y - 11)^2 + (x + y^2 - 7)^2. Four minima of value 0. Drawn in
// [-5, 5]^2, started at 0.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct Himmelblau {
  static constexpr bool kSquares = true;
  [[nodiscard]] std::size_t terms() const { return 2; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    return i == 0 ? square(x[0]) + x[1] - 11 : x[0] + square(x[1]) - 7;
  }
};

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{.x0 = {0, 0},
              .x_star = {3, 2},
              .f_star = 0,
              .landmarks = {{"another minimum, x < 0, y > 0",
                             minimum,
                             0,
                             {-2.805118086952744853, 3.131312518250572966}},
                            {"another minimum, x > 0, y < 0",
                             minimum,
                             0,
                             {3.584428340330491745, -1.848126526964403554}},
                            {"maximum",
                             maximum,
                             181.61652152258270404,
                             {-0.270844590667347613, -0.9230385564799814631}},
                            {"another minimum, x < 0, y < 0",
                             minimum,
                             0,
                             {-3.779310253377746892, -3.283185991286169412}},
                            {"saddle at (3.4, 0.1)",
                             saddle,
                             13.311926270405589889,
                             {3.385154183607020938, 0.07385187983774928772}},
                            {"saddle at (0.1, 2.9)",
                             saddle,
                             67.719150087526140226,
                             {0.08667750455539635182, 2.884254701174776113}},
                            {"saddle at (-3.1, -0.1)",
                             saddle,
                             104.01516291755810586,
                             {-3.07302575076438961, -0.08135304428796751155}},
                            {"saddle at (-0.1, -2.0)",
                             saddle,
                             178.33723920192745998,
                             {-0.1279613467306800663, -1.953714980244576426}}},
              .spread = 5};
  return formula_problem(himmelblau_family(), instance, Himmelblau{}, known);
}

}  // namespace

Family himmelblau_family() {
  Family family;
  family.id = "himmelblau";
  family.summary = "four global minima, four saddles and a maximum";
  family.citation = "Himmelblau, Applied Nonlinear Programming, McGraw-Hill, 1972";

  family.make = make;
  return family;
}

}  // namespace ravine::problems
