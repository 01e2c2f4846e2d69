// A strongly convex function on a line with a continuous, piecewise linear slope,
//   f'(x) = 25 x for x < 1, x + 24 for 1 <= x < 2, 25 x - 24 for x >= 2,
// mu = 1 and L = 25. Minimum 0 at 0.
//
// With the constants that are optimal on quadratics, alpha = 1/9 and beta = 4/9, the heavy ball
// from rest in [3.1, 3.45] cycles for ever, -1.802449, 2.115918, 0.646531; from 3 and 3.5 it
// converges, as gradient descent and Nesterov's method do from anywhere. Starts at 3.25; others in
// [3.1, 3.4].
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct LessardRechtPackard {
  static constexpr bool kSquares = false;
  [[nodiscard]] std::size_t terms() const { return 1; }
  template <class T, class X>
  T term(std::size_t, const X& x) const {
    const T z = x[0];
    if (plain(z) >= 2) return z * (12.5 * z - 24) + 36;
    if (plain(z) >= 1) return z * (0.5 * z + 24) - 12;
    return 12.5 * square(z);
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  constexpr double kMiddle = 3.25, kHalf = 0.15;  // Known's spread is relative to the centre
  const Known known{.x0 = {real(parameters, "start")},
                    .x_star = {0},
                    .f_star = 0,
                    .spread = kHalf / kMiddle,
                    .centre = kMiddle};
  Facts facts = plain_facts(lessard_recht_packard_family(), 1);
  known.fill(facts, instance);
  facts.constants.insert({{"mu", 1}, {"L", 25}, {"kappa", 25}});
  return std::make_unique<FormulaProblem<LessardRechtPackard>>(LessardRechtPackard{},
                                                               std::move(facts));
}

}  // namespace

Family lessard_recht_packard_family() {
  Family family;
  family.id = "lessard_recht_packard";
  family.summary = "strongly convex, and the heavy ball cycles on it";
  family.citation =
      "Lessard, Recht and Packard, Analysis and design of optimization algorithms via integral "
      "quadratic constraints, SIAM Journal on Optimization 26, 2016, 57-95";
  using enum ParameterType;
  family.parameters = {{"start", real, "3.25", 0.01, 1e3, {}, "x_0 of instance 0"}};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
