// Moré, Garbow and Hillstrom's problem 21: n / 2 copies of Rosenbrock's valley, f = sum of
//   (10 (x_{2i} - x_{2i-1}^2))^2 + (1 - x_{2i-1})^2,  i = 1 ... n / 2, n even.
// Unlike the chained one (classics/rosenbrock.cpp) it has no other minima, and as many distinct
// eigenvalues as one pair: 2 at the minimizer, whatever n.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"
#include "problems/least_squares/shapes.hpp"

namespace ravine::problems {
namespace {

struct ExtendedRosenbrock {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i % 2 == 0) return 10 * (x[i + 1] - square(x[i]));
    return 1 - x[i - 1];
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole_multiple(parameters, "n", 2, "extended_rosenbrock");
  Known known{.x0 = std::vector<double>(n, 1), .x_star = std::vector<double>(n, 1), .f_star = 0};
  for (std::uint64_t i = 0; i < n; i += 2) known.x0[i] = -1.2;
  scale_start(known.x0, real(parameters, "start_scale"));
  Facts facts = plain_facts(extended_rosenbrock_family(), n);
  known.fill(facts, instance);
  // Of a pair's Hessian at (1, 1), [802, -400; -400, 200] with determinant 400.
  const double L = 501 + std::sqrt(250601.0), mu = 400 / L;
  facts.constants.insert({{"mu", mu}, {"L", L}, {"kappa", L / mu}});
  return std::make_unique<FormulaProblem<ExtendedRosenbrock>>(ExtendedRosenbrock{n},
                                                              std::move(facts));
}

}  // namespace

Family extended_rosenbrock_family() {
  return collection_family(
      "extended_rosenbrock", 21, "Rosenbrock's valley in n/2 pairs that do not see each other",
      "Spedicato, Computational experience with quasi-Newton algorithms for minimization problems "
      "of moderately large size, Report CISE-N-175, Segrate, 1975",
      make, {dimension_parameter(2, "10")});
}

}  // namespace ravine::problems
