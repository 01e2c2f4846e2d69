// Moré, Garbow and Hillstrom's problem 28: f = sum of
//   (2 x_i - x_{i-1} - x_{i+1} + h^2 (x_i + t_i + 1)^3 / 2)^2,  x_0 = x_{n+1} = 0,
// h = 1 / (n + 1), t_i = i h. The residuals at the start fall with h^2: beyond n = 1e5 rounding of
// x outweighs them.
#include "problems/least_squares/discrete_boundary_value.hpp"

#include "problems/families.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const DiscreteBoundaryValue f{whole(parameters, "n")};
  return collection_problem(discrete_boundary_value_family(), parameters, instance, f,
                            discrete_boundary_value_known(f));
}

}  // namespace

Family discrete_boundary_value_family() {
  return collection_family(
      "discrete_boundary_value", 28, "u'' = (u + t + 1)^3 / 2 by differences: tridiagonal",
      "Moré and Cosnard, Numerical solution of nonlinear equations, ACM Transactions on "
      "Mathematical Software 5, 1979, 64-85",
      make, {{"n", ParameterType::integer, "10", 1, 1e5, {}, "number of variables"}});
}

}  // namespace ravine::problems
