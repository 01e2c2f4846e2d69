// Griewank's function, f = 1 + sum of x_i^2 / 4000 - prod of cos(x_i / sqrt i). Minimum 0 at 0.
//
// 1 - prod cancels near 0: with d_i = 1 - cos(x_i / sqrt i) = 2 sin^2(x_i / (2 sqrt i)) it is the
// last of D_i = D_{i-1} + d_i (1 - D_{i-1}), D_0 = 0.
//
// The paper gives no start: here (4, -4, 4, ...), in the basin of a local minimum.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct Griewank {
  static constexpr bool kSquares = false;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n + 1; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::sin;
    if (i < n) return square(x[i]) / 4000.0;
    T missing = 0;
    for (std::size_t j = 0; j < n; ++j) {
      const double root = std::sqrt(static_cast<double>(j + 1));
      const T d = 2 * square(sin(x[j] / (2 * root)));
      missing += d * (1 - missing);
    }
    return missing;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  Known known{.x0 = std::vector<double>(n),
              .x_star = std::vector<double>(n, 0),
              .f_star = 0,
              .spread = 600,
              .centre = 0};
  for (std::uint64_t i = 0; i < n; ++i) known.x0[i] = i % 2 == 0 ? 4 : -4;
  return formula_problem(griewank_family(), instance, Griewank{n}, known);
}

}  // namespace

Family griewank_family() {
  Family family;
  family.id = "griewank";
  family.summary =
      "a bowl under a product of cosines: minima by the thousand, fewer steep ones as n grows";
  family.citation =
      "Griewank, Generalized descent for global optimization, Journal of Optimization Theory and "
      "Applications 34, 1981, 11-39";
  family.parameters = {dimension_parameter(1, "10")};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
