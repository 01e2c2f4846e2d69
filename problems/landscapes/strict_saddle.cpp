// The simplest saddle that is strict, f = 1/2 (x_1^2 + ... + x_{n-1}^2) - gamma/2 x_n^2 + 1/4
// x_n^4: at 0 the curvature along x_n is -gamma. Minima -gamma^2/4 at x_n = +-sqrt gamma.
//
// Gradient descent with the rate eta leaves the ridge x_n = 0 by the factor 1 + eta gamma a step:
// from x_n = delta it takes about ln(sqrt gamma / delta) / ln(1 + eta gamma) steps. From delta = 0
// it stays for ever, and so does Newton's method, which the saddle attracts. Starts at (1, ..., 1,
// delta); others in the box that the minima span.
#include <algorithm>
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct StrictSaddle {
  static constexpr bool kSquares = false;
  std::size_t n;
  double gamma;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const T u = square(T(x[i]));
    if (i + 1 < n) return 0.5 * u;
    return u * (0.25 * u - 0.5 * gamma);
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  const std::uint64_t n = whole(parameters, "n");
  const double gamma = real(parameters, "gamma"), root = std::sqrt(gamma);
  const auto along_last = [n](double entry) {
    std::vector<double> x(n);
    x.back() = entry;
    return x;
  };
  Known known{
      .x0 = std::vector<double>(n, 1),
      .x_star = along_last(root),
      .f_star = -0.25 * gamma * gamma,
      .landmarks = {{"saddle", saddle, 0, along_last(0)},
                    {"the other minimum", minimum, -0.25 * gamma * gamma, along_last(-root)}},
      .spread = root,
      .centre = 0};
  known.x0.back() = real(parameters, "delta");
  Facts facts = plain_facts(strict_saddle_family(), n);
  known.fill(facts, instance);
  // At the minima the curvature is 1 and, along x_n, 2 gamma.
  const double mu = std::min(1.0, 2 * gamma), L = std::max(1.0, 2 * gamma);
  facts.constants.insert({{"gamma", gamma}, {"mu", mu}, {"L", L}, {"kappa", L / mu}});
  return std::make_unique<FormulaProblem<StrictSaddle>>(StrictSaddle{n, gamma}, std::move(facts));
}

}  // namespace

Family strict_saddle_family() {
  Family family;
  family.id = "strict_saddle";
  family.summary = "a saddle between two minima; mu and L are those at the minima";
  family.citation =
      "Nesterov, Introductory Lectures on Convex Optimization, Kluwer, 2004, section 1.2.3, with n "
      "and gamma; strict saddles: Ge, Huang, Jin and Yuan, Escaping from saddle points, COLT 2015";
  using enum ParameterType;
  family.parameters = {
      dimension_parameter(2, "2"),
      {"gamma", real, "1", 1e-6, 1e6, {}, "minus the curvature along x_n at the saddle"},
      {"delta", real, "1e-3", 0, 1e3, {}, "x_n at the start; from 0 the gradient never leaves"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
