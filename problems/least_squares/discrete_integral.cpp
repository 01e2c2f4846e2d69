// Moré, Garbow and Hillstrom's problem 29: f = sum of, with c_j = (x_j + t_j + 1)^3,
//   (x_i + h/2 ((1 - t_i) sum_{j <= i} t_j c_j + t_i sum_{j > i} (1 - t_j) c_j))^2,
// h = 1 / (n + 1), t_i = i h: problem 28 times the inverse of its second differences. Every
// residual reads every variable.
#include "problems/families.hpp"
#include "problems/least_squares/collection.hpp"
#include "problems/least_squares/discrete_boundary_value.hpp"

namespace ravine::problems {
namespace {

struct DiscreteIntegral {
  static constexpr bool kSquares = true;
  DiscreteBoundaryValue grid;
  [[nodiscard]] std::size_t terms() const { return grid.n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    T sum = 0;
    for (std::size_t j = 0; j < grid.n; ++j) {
      const double weight = j <= i ? (1 - grid.t(i)) * grid.t(j) : grid.t(i) * (1 - grid.t(j));
      const T shifted = x[j] + (grid.t(j) + 1);
      sum += weight * (square(shifted) * shifted);
    }
    return x[i] + (grid.h() / 2) * sum;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const DiscreteBoundaryValue grid{whole(parameters, "n")};
  return collection_problem(discrete_integral_family(), parameters, instance,
                            DiscreteIntegral{grid}, discrete_boundary_value_known(grid));
}

}  // namespace

Family discrete_integral_family() {
  return collection_family(
      "discrete_integral", 29, "u'' = (u + t + 1)^3 / 2 as an integral equation: dense",
      "Moré and Cosnard, Numerical solution of nonlinear equations, ACM Transactions on "
      "Mathematical Software 5, 1979, 64-85",
      make, {{"n", ParameterType::integer, "10", 1, 2000, {}, "number of variables"}});
}

}  // namespace ravine::problems
