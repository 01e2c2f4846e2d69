// Moré, Garbow and Hillstrom's problem 34: f = sum of, with s = 2 x_2 + 3 x_3 + ... + (n-1)
// x_{n-1},
//   ((i - 1) s - 1)^2, i = 2 ... m - 1,  and  1 for i = 1 and m.
// x_1 and x_n do not enter. All x with s = 3 / (2 m - 3) are minimizers, with f = (m^2 + 3 m - 6) /
// (2 (2 m - 3)); x* is the one of least norm.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"
#include "problems/least_squares/shapes.hpp"

namespace ravine::problems {
namespace {

struct LinearRank1Zeros {
  static constexpr bool kSquares = true;
  std::size_t n, m;
  [[nodiscard]] std::size_t terms() const { return m; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i == 0 || i + 1 == m) return -1;
    // With the weight 0, so that what is not a number shows.
    T s = 0 * (x[0] + x[n - 1]) + 2 * x[1];
    for (std::size_t j = 2; j + 1 < n; ++j) s += static_cast<double>(j + 1) * x[j];
    return static_cast<double>(i) * s - 1;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const auto [n, m] = linear_shape(parameters, "linear_rank_1_zeros");
  const double rows = static_cast<double>(m);
  Known known{.x0 = std::vector<double>(n, 1),
              .x_star = least_norm(n, 1, n - 1, 3, 2 * rows - 3),
              .f_star = (rows * rows + 3 * rows - 6) / (2 * (2 * rows - 3))};
  return collection_problem(linear_rank_1_zeros_family(), parameters, instance,
                            LinearRank1Zeros{n, m}, std::move(known));
}

}  // namespace

Family linear_rank_1_zeros_family() {
  return collection_family("linear_rank_1_zeros", 34,
                           "linear least squares of rank 1 with empty rows and columns",
                           "stated there first", make, {linear_n(3), linear_m()});
}

}  // namespace ravine::problems
