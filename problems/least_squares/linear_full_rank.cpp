// Moré, Garbow and Hillstrom's problem 32: f = sum of, with s = (2 / m) (x_1 + ... + x_n),
//   (x_i - s - 1)^2, i = 1 ... n,  and  (-s - 1)^2, i = n + 1 ... m.
// J' J is the identity. The minimum is m - n at (-1, ..., -1).
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"
#include "problems/least_squares/shapes.hpp"

namespace ravine::problems {
namespace {

struct LinearFullRank {
  static constexpr bool kSquares = true;
  std::size_t n, m;
  [[nodiscard]] std::size_t terms() const { return m; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    T sum = x[0];
    for (std::size_t j = 1; j < n; ++j) sum += x[j];
    const T common = -(2 / static_cast<double>(m)) * sum - 1;
    return i < n ? x[i] + common : common;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const auto [n, m] = linear_shape(parameters, "linear_full_rank");
  Known known{.x0 = std::vector<double>(n, 1),
              .x_star = std::vector<double>(n, -1),
              .f_star = static_cast<double>(m - n)};
  scale_start(known.x0, real(parameters, "start_scale"));
  Facts facts = plain_facts(linear_full_rank_family(), n);
  known.fill(facts, instance);
  facts.constants.insert({{"mu", 2}, {"L", 2}, {"kappa", 1}});
  return std::make_unique<FormulaProblem<LinearFullRank>>(LinearFullRank{n, m}, std::move(facts));
}

}  // namespace

Family linear_full_rank_family() {
  return collection_family("linear_full_rank", 32,
                           "linear least squares whose Hessian is twice the identity",
                           "stated there first", make, {linear_n(1), linear_m()});
}

}  // namespace ravine::problems
