// Easom's function, f = -cos x cos y exp(-(x - pi)^2 - (y - pi)^2). Minimum -1 at (pi, pi), where
// the Hessian is 3 I; a ring of saddles, maxima and shallow minima about it. Some 20 away f and its
// gradient are 0 in doubles: nothing leads on. Hence the start (2, 2) here, and instances in
// [pi - 3, pi + 3]^2; the customary box is [-100, 100]^2.
#include <numbers>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

constexpr double kPi = std::numbers::pi;

struct Easom {
  static constexpr bool kSquares = false;
  [[nodiscard]] std::size_t terms() const { return 1; }
  template <class T, class X>
  T term(std::size_t, const X& x) const {
    using std::cos, std::exp;
    return -(cos(x[0]) * cos(x[1])) * exp(-square(x[0] - kPi) - square(x[1] - kPi));
  }
};

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{
      .x0 = {2, 2},
      .x_star = {kPi, kPi},
      .f_star = -1,
      .landmarks =
          {{"local minimum at (1.3, 1.3)",
            minimum,
            -0.000081102238915700659282,
            {1.304995450437667516, 1.304995450437667516}},
           {"local minimum at (1.3, 5.0)",
            minimum,
            -0.000081102238915700659282,
            {1.304995450437667516, 4.978189856741918961}},
           {"local minimum at (5.0, 1.3)",
            minimum,
            -0.000081102238915700659282,
            {4.978189856741918961, 1.304995450437667516}},
           {"local minimum at (5.0, 5.0)",
            minimum,
            -0.000081102238915700659282,
            {4.978189856741918961, 4.978189856741918961}},
           {"maximum at (1.3, pi)", maximum, 0.0090056781485738573602, {1.304995450437667516, kPi}},
           {"maximum at (5.0, pi)", maximum, 0.0090056781485738573602, {4.978189856741918961, kPi}},
           {"maximum at (pi, 1.3)", maximum, 0.0090056781485738573602, {kPi, 1.304995450437667516}},
           {"maximum at (pi, 5.0)", maximum, 0.0090056781485738573602, {kPi, 4.978189856741918961}},
           {"saddle at (pi/2, pi/2)", saddle, 0, {kPi / 2, kPi / 2}},
           {"saddle at (pi/2, 3 pi/2)", saddle, 0, {kPi / 2, 1.5 * kPi}},
           {"saddle at (3 pi/2, pi/2)", saddle, 0, {1.5 * kPi, kPi / 2}},
           {"saddle at (3 pi/2, 3 pi/2)", saddle, 0, {1.5 * kPi, 1.5 * kPi}}},
      .spread = 3 / kPi,
      .centre = kPi};
  return formula_problem(easom_family(), instance, Easom{}, known);
}

}  // namespace

Family easom_family() {
  Family family;
  family.id = "easom";
  family.summary = "one narrow hole in a plain that is flat to rounding";
  family.citation =
      "Easom, A survey of global optimization techniques, thesis, University of Louisville, 1990";

  family.make = make;
  return family;
}

}  // namespace ravine::problems
