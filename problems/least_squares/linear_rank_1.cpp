// Moré, Garbow and Hillstrom's problem 33: f = sum of (i s - 1)^2, i = 1 ... m, with
// s = x_1 + 2 x_2 + ... + n x_n. All x with s = 3 / (2 m + 1) are minimizers, with
// f = m (m - 1) / (2 (2 m + 1)); x* is the one of least norm.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"
#include "problems/least_squares/shapes.hpp"

namespace ravine::problems {
namespace {

struct LinearRank1 {
  static constexpr bool kSquares = true;
  std::size_t n, m;
  [[nodiscard]] std::size_t terms() const { return m; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    T s = x[0];
    for (std::size_t j = 1; j < n; ++j) s += static_cast<double>(j + 1) * x[j];
    return static_cast<double>(i + 1) * s - 1;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const auto [n, m] = linear_shape(parameters, "linear_rank_1");
  const double rows = static_cast<double>(m);
  Known known{.x0 = std::vector<double>(n, 1),
              .x_star = least_norm(n, 0, n, 3, 2 * rows + 1),
              .f_star = rows * (rows - 1) / (2 * (2 * rows + 1))};
  return collection_problem(linear_rank_1_family(), parameters, instance, LinearRank1{n, m},
                            std::move(known));
}

}  // namespace

Family linear_rank_1_family() {
  return collection_family("linear_rank_1", 33, "linear least squares of rank 1, scaled by i j",
                           "stated there first", make, {linear_n(1), linear_m()});
}

}  // namespace ravine::problems
