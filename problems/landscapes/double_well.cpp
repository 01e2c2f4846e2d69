// Two minima and the maximum between them, f = x^4/4 - x^2/2 + c x. Its stationary points are the
// roots of x^3 - x + c: three for c < 2 / (3 sqrt 3) = 0.3849, in Viète's form
//   x_k = 2 / sqrt 3 cos(arccos(-3 sqrt 3 c / 2) / 3 - 2 pi k / 3),  k = 0, 1, 2,
// a local minimum, the maximum and the global minimum, which is negative; beyond, this one alone,
//   x = -2 / sqrt 3 cosh(arcosh(3 sqrt 3 c / 2) / 3).
// Starts at 1.5, from where descent ends in the other minimum where there is one; others in [-2,
// 2].
#include <cmath>
#include <numbers>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct DoubleWell {
  static constexpr bool kSquares = false;
  double c;
  [[nodiscard]] std::size_t terms() const { return 1; }
  template <class T, class X>
  T term(std::size_t, const X& x) const {
    const T z = x[0], u = square(z);
    return u * (0.25 * u - 0.5) + c * z;
  }
};

/// The root near x of x^3 - x + c, rounded: two steps of Newton's method behind the closed form.
double polished(double near, double c) {
  auto x = static_cast<long double>(near);
  for (int k = 0; k < 2; ++k) x -= (x * x * x - x + c) / (3 * x * x - 1);
  return static_cast<double>(x);
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  const DoubleWell f{real(parameters, "c")};
  const double scale = 2 / std::numbers::sqrt3;
  const double ratio = 1.5 * std::numbers::sqrt3 * f.c;  // 1 where two roots meet
  const auto value = [&](double x) { return f.term<double>(0, formula::Values{&x}); };
  Known known{.x0 = {1.5}, .spread = 2, .centre = 0};
  if (ratio < 1) {
    const auto root = [&](int k) {
      const double angle = std::acos(-ratio) / 3 - 2 * std::numbers::pi / 3 * k;
      return polished(scale * std::cos(angle), f.c);
    };
    const double local = root(0), top = root(1);
    known.x_star = {root(2)};
    known.landmarks = {{"local minimum", minimum, value(local), {local}},
                       {"maximum", maximum, value(top), {top}}};
  } else {
    known.x_star = {polished(-scale * std::cosh(std::acosh(ratio) / 3), f.c)};
  }
  const double x = known.x_star[0], curvature = 3 * x * x - 1;
  known.f_star = value(x);
  Facts facts = plain_facts(double_well_family(), 1);
  known.fill(facts, instance);
  facts.constants.insert({{"c", f.c}, {"mu", curvature}, {"L", curvature}, {"kappa", 1}});
  return std::make_unique<FormulaProblem<DoubleWell>>(f, std::move(facts));
}

}  // namespace

Family double_well_family() {
  Family family;
  family.id = "double_well";
  family.summary = "two minima on a line, one of them global; mu and L are its curvature";
  family.citation =
      "the potential of the cusp: Thom, Stabilité structurelle et morphogenèse, Benjamin, 1972";
  using enum ParameterType;
  family.parameters = {
      {"c", real, "0.2", 0, 1, {}, "tilt: two minima below 0.3849, one above"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
