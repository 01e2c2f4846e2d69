// A plateau, a sharp minimum and a broad one on a line, from the right to the left:
//   f(x) = x^2/100 - sum of A_k exp(-(x - m_k)^2 / (2 s_k^2)),
// with wells (A, m, s) = (1.5, -2, 1.5), broad; (0.6, 3, 0.1), sharp; (1.7, 16, 6), so wide that it
// has no minimum of its own but cancels the bowl's slope between 5 and 8, where 0.0019 is left.
//
// The broad minimum is the global one, and its curvature 0.68 is a 88th of the sharp one's. With a
// rate below 2/59.98 gradient descent from the right ends in the sharp minimum; with a larger one
// it cannot stay there, but a step on the plateau is as small as the slope. Starts at 8; others in
// [4, 12].
#include <iterator>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct Well {
  double A, m, s;
};

struct SharpAndBroad {
  static constexpr bool kSquares = false;
  static constexpr Well kWells[] = {{1.5, -2, 1.5}, {0.6, 3, 0.1}, {1.7, 16, 6}};
  [[nodiscard]] std::size_t terms() const { return std::size(kWells) + 1; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    const T z = x[0];
    if (i == std::size(kWells)) return 0.01 * square(z);
    const Well& well = kWells[i];
    return -well.A * exp(-0.5 * square((z - well.m) / well.s));
  }
};

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  constexpr double kSharp = 59.976743246376623;
  const Known known{
      .x0 = {8},
      .x_star = {-1.9274644661065962571},
      .f_star = -1.4806773934852014607,
      .landmarks = {{"sharp minimum", minimum, -0.67837911206933879759, {2.9997636184269043813}},
                    {"maximum", maximum, -0.086241035399662176334, {2.6328855249645310284}}},
      .spread = 0.5,  // relative to the centre
      .centre = 8};
  Facts facts = plain_facts(sharp_and_broad_family(), 1);
  known.fill(facts, instance);
  // The largest curvature anywhere is 59.9773, beside the sharp minimum.
  facts.constants.insert(
      {{"mu", 0.68001850280221193}, {"sharpness", kSharp}, {"L", 59.977256461176643}});
  return std::make_unique<FormulaProblem<SharpAndBroad>>(SharpAndBroad{}, std::move(facts));
}

}  // namespace

Family sharp_and_broad_family() {
  Family family;
  family.id = "sharp_and_broad";
  family.summary = "a plateau, then a sharp minimum before a broad one, which is lower";
  family.citation =
      "made for this catalogue; sharp and broad minima: Hochreiter and Schmidhuber, Flat minima, "
      "Neural Computation 9, 1997, 1-42";
  family.make = make;
  return family;
}

}  // namespace ravine::problems
