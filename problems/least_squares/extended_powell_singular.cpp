// Moré, Garbow and Hillstrom's problem 22: n / 4 copies of Powell's singular function, with a, b,
// c, d = x_{4i-3} ... x_{4i}, f = sum of
//   (a + 10 b)^2 + 5 (c - d)^2 + (b - 2 c)^4 + 10 (a - d)^4,  i = 1 ... n / 4, 4 | n.
// The Hessian at the minimizer 0 has rank n / 2: Newton's method converges linearly.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"
#include "problems/least_squares/shapes.hpp"

namespace ravine::problems {
namespace {

struct ExtendedPowellSingular {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const std::size_t a = i - i % 4, b = a + 1, c = a + 2, d = a + 3;
    switch (i % 4) {
      case 0:
        return x[a] + 10 * x[b];
      case 1:
        return std::sqrt(5.0) * (x[c] - x[d]);
      case 2:
        return square(x[b] - 2 * x[c]);
      default:
        return std::sqrt(10.0) * square(x[a] - x[d]);
    }
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole_multiple(parameters, "n", 4, "extended_powell_singular");
  Known known{.x0 = {}, .x_star = std::vector<double>(n, 0), .f_star = 0};
  for (std::uint64_t i = 0; i < n; i += 4) known.x0.insert(known.x0.end(), {3, -1, 0, 1});
  return collection_problem(extended_powell_singular_family(), parameters, instance,
                            ExtendedPowellSingular{n}, std::move(known));
}

}  // namespace

Family extended_powell_singular_family() {
  return collection_family(
      "extended_powell_singular", 22,
      "Powell's singular function in n/4 blocks; the Hessian at the minimizer has rank n/2",
      "Spedicato, Computational experience with quasi-Newton algorithms for minimization problems "
      "of moderately large size, Report CISE-N-175, Segrate, 1975",
      make, {dimension_parameter(4, "12")});
}

}  // namespace ravine::problems
