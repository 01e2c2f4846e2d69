// Moré, Garbow and Hillstrom's problem 25: f = sum of
//   (x_i - 1)^2, i = 1 ... n,  s^2  and  s^4,  s = sum of j (x_j - 1).
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct VariablyDimensioned {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n + 2; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i < n) return x[i] - 1;
    T s = x[0] - 1;
    for (std::size_t j = 1; j < n; ++j) s += static_cast<double>(j + 1) * (x[j] - 1);
    return i == n ? s : square(s);
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  const double count = static_cast<double>(n);
  Known known{.x0 = std::vector<double>(n), .x_star = std::vector<double>(n, 1), .f_star = 0};
  for (std::uint64_t i = 0; i < n; ++i) known.x0[i] = 1 - static_cast<double>(i + 1) / count;
  return collection_problem(variably_dimensioned_family(), parameters, instance,
                            VariablyDimensioned{n}, std::move(known));
}

}  // namespace

Family variably_dimensioned_family() {
  return collection_family("variably_dimensioned", 25,
                           "a sphere and a quartic ridge along 1, 2, ..., n, which grows with n^6",
                           "stated there first", make, {dimension_parameter(1, "10")});
}

}  // namespace ravine::problems
