// Moré, Garbow and Hillstrom's problem 31: f = sum of
//   (x_i (2 + 5 x_i^2) + 1 - sum over j in J_i of x_j (1 + x_j))^2,
// J_i = {j != i: max(1, i - 5) <= j <= min(n, i + 1)}.
#include "problems/families.hpp"
#include "problems/least_squares/banded_root.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct BroydenBanded {
  static constexpr bool kSquares = true;
  static constexpr std::size_t kBelow = 5, kAbove = 1;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    T r = x[i] * (2 + 5 * square(x[i])) + 1;
    const std::size_t first = i < kBelow ? 0 : i - kBelow;
    for (std::size_t j = first; j < std::min(n, i + kAbove + 1); ++j)
      if (j != i) r -= x[j] * (1 + x[j]);
    return r;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const BroydenBanded f{whole(parameters, "n")};
  const std::vector<double> x0(f.n, -1);
  Known known{.x0 = x0,
              .x_star = banded_root(f, x0, BroydenBanded::kBelow, BroydenBanded::kAbove),
              .f_star = 0};
  return collection_problem(broyden_banded_family(), parameters, instance, f, std::move(known));
}

}  // namespace

Family broyden_banded_family() {
  return collection_family("broyden_banded", 31,
                           "cubic equations, each with five neighbours before and one behind",
                           "Broyden, The convergence of an algorithm for solving sparse nonlinear "
                           "systems, Mathematics of Computation 25, 1971, 285-294",
                           make, {dimension_parameter(1, "10")});
}

}  // namespace ravine::problems
