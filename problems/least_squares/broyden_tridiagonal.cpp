// Moré, Garbow and Hillstrom's problem 30: f = sum of
//   ((3 - 2 x_i) x_i - x_{i-1} - 2 x_{i+1} + 1)^2,  x_0 = x_{n+1} = 0.
#include "problems/families.hpp"
#include "problems/least_squares/banded_root.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct BroydenTridiagonal {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    T r = (3 - 2 * x[i]) * x[i] + 1;
    if (i > 0) r -= x[i - 1];
    if (i + 1 < n) r -= 2 * x[i + 1];
    return r;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const BroydenTridiagonal f{whole(parameters, "n")};
  const std::vector<double> x0(f.n, -1);
  Known known{.x0 = x0, .x_star = banded_root(f, x0, 1, 1), .f_star = 0};
  return collection_problem(broyden_tridiagonal_family(), parameters, instance, f,
                            std::move(known));
}

}  // namespace

Family broyden_tridiagonal_family() {
  return collection_family("broyden_tridiagonal", 30,
                           "quadratic equations, each with its two neighbours",
                           "Broyden, A class of methods for solving nonlinear simultaneous "
                           "equations, Mathematics of Computation 19, 1965, 577-593",
                           make, {dimension_parameter(1, "10")});
}

}  // namespace ravine::problems
