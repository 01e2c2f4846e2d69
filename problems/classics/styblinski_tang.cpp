// Styblinski and Tang's function, f = 1/2 sum of x_i^4 - 16 x_i^2 + 5 x_i. Each variable has a
// global minimum, a maximum and a local minimum, the roots of 4 x^3 - 32 x + 5.
//
// Starts at 0, from where descent by the gradient finds the global minimum; others in [-5, 5]^n.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct StyblinskiTang {
  static constexpr bool kSquares = false;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const T z = x[i], z2 = square(z);
    return 0.5 * (z2 * (z2 - 16) + 5 * z);
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  constexpr double kMinimum = -39.166165703771415464, kLocal = -25.029446655283942607,
                   kMaximum = 0.19561235905535807;
  const std::uint64_t n = whole(parameters, "n");
  const double count = static_cast<double>(n);
  const auto all = [n](double x) { return std::vector<double>(n, x); };
  Known known{.x0 = all(0),
              .x_star = all(-2.9035340277711770951),
              .f_star = count * kMinimum,
              .landmarks = {{"all at the local minimum", Landmark::Kind::minimum, count * kLocal,
                             all(2.7468027709908369925)},
                            {"maximum", Landmark::Kind::maximum, count * kMaximum,
                             all(0.15673125678034010)}},
              .spread = 5};
  if (n > 1) {
    known.landmarks.push_back({"first at the local minimum", Landmark::Kind::minimum,
                               kLocal + (count - 1) * kMinimum, known.x_star});
    known.landmarks.back().x[0] = 2.7468027709908369925;
  }
  return formula_problem(styblinski_tang_family(), instance, StyblinskiTang{n}, known);
}

}  // namespace

Family styblinski_tang_family() {
  Family family;
  family.id = "styblinski_tang";
  family.summary = "two minima a variable, one of them global";
  family.citation =
      "Styblinski and Tang, Experiments in nonconvex optimization: stochastic approximation with "
      "function smoothing and simulated annealing, Neural Networks 3, 1990, 467-483";
  family.parameters = {dimension_parameter(1, "2")};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
