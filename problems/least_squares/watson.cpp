// Moré, Garbow and Hillstrom's problem 20 (Watson; Kowalik and Osborne 1968): f = r_1^2 + ... +
// r_31^2, a polynomial with n coefficients fitted to p' = 1 + p^2, p(0) = 0:
//   r_i = sum of (j - 1) x_j t_i^(j-2) - (sum of x_j t_i^(j-1))^2 - 1,  t_i = i / 29, i <= 29,
//   r_30 = x_1,  r_31 = x_2 - x_1^2 - 1.
// The more coefficients, the worse the Hessian; below f = 1e-18 rounding rules (n = 20 and more).
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Watson {
  static constexpr bool kSquares = true;
  std::size_t n = 0;
  [[nodiscard]] static std::size_t terms() { return 31; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i == 29) return x[0];
    if (i == 30) return x[1] - square(T(x[0])) - 1.0;
    const double t = static_cast<double>(i + 1) / 29;
    // Horner's scheme, from the coefficient of the highest power down.
    T p = x[n - 1], slope = static_cast<double>(n - 1) * x[n - 1];
    for (std::size_t j = n - 1; j-- > 0;) {
      p = p * t + x[j];
      if (j > 0) slope = slope * t + static_cast<double>(j) * x[j];
    }
    return slope - square(p) - 1.0;
  }
};

/// The paper's three minima, to all digits.
Known known_for(std::uint64_t n) {
  if (n == 6)
    return {.x0 = std::vector<double>(n),
            .x_star = {-.015725086401458456, 1.0124348693691099, -.2329916259567377,
                       1.2604300877996084, -1.5137289227222797, .9929964324311346},
            .f_star = .0022876700535524362418};
  if (n == 9)
    return {.x0 = std::vector<double>(n),
            .x_star = {-1.5307036521394342e-05, .9997897039319483, .014763963693556958,
                       .14634232829936222, 1.0008211030047092, -2.617731140519015,
                       4.104403164478857, -3.1436122785564424, 1.0526264080101668},
            .f_star = 1.3997601380990199426e-6};
  if (n == 12)
    return {.x0 = std::vector<double>(n),
            .x_star = {-6.638060464520687e-09, 1.000001644117862, -.0005639322103423058,
                       .34782054050404243, -.15673150409616513, 1.0528151772071777,
                       -3.2472711534596677, 7.288434897938061, -10.271848241321724,
                       9.074113647075317, -4.541375466692512, 1.0120118885528104},
            .f_star = 4.722381105891757363e-10};
  return {.x0 = std::vector<double>(n), .x_star = {}};
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  Known known = known_for(n);
  return collection_problem(watson_family(), parameters, instance,
                            Watson{static_cast<std::size_t>(n)}, std::move(known));
}

}  // namespace

Family watson_family() {
  return collection_family(
      "watson", 20, "a polynomial that solves a differential equation; ill-conditioned as n grows",
      "Kowalik and Osborne, Methods for Unconstrained Optimization Problems, Elsevier, 1968", make,
      {{"n",
        ParameterType::integer,
        "6",
        2,
        31,
        {},
        "number of variables; the minimum is known for 6, 9 and 12"}});
}

}  // namespace ravine::problems
