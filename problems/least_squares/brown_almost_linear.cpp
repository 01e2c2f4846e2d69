// Moré, Garbow and Hillstrom's problem 27: f = sum of
//   (x_i + x_1 + ... + x_n - (n + 1))^2, i = 1 ... n - 1,  and  (x_1 ... x_n - 1)^2.
// Zeros at (a, ..., a, a^{1-n}), n a^n - (n + 1) a^{n-1} + 1 = 0: a = 1, one other in (0, 1) and,
// for odd n, a negative one.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct BrownAlmostLinear {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    T all = x[0];
    if (i + 1 == n) {
      for (std::size_t j = 1; j < n; ++j) all *= x[j];
      return all - 1;
    }
    for (std::size_t j = 1; j < n; ++j) all += x[j];
    return x[i] + all - static_cast<double>(n + 1);
  }
};

// The sign of n a^n - (n + 1) a^{n-1} + 1 = a^{n-1} (n a - n - 1) + 1 changes between low and high.
// In more digits than the result, as n a takes part in x_n.
long double zero_between(long double n, long double low, long double high) {
  const auto positive = [n](long double a) { return std::pow(a, n - 1) * (n * a - n - 1) + 1 > 0; };
  const bool sign = positive(low);
  for (int k = 0; k < 200; ++k) {
    const long double middle = low + (high - low) / 2;
    (positive(middle) == sign ? low : high) = middle;
  }
  return low;
}

// (a, ..., a, n + 1 - n a), by the linear equations.
void add_zero(Known& known, const std::string& name, long double a) {
  const auto n = static_cast<long double>(known.x0.size());
  std::vector<double> x(known.x0.size(), static_cast<double>(a));
  x.back() = static_cast<double>(n + 1 - n * a);
  known.landmarks.push_back({name, Landmark::Kind::minimum, 0, std::move(x)});
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  const auto count = static_cast<long double>(n);
  Known known{.x0 = std::vector<double>(n, 0.5), .x_star = std::vector<double>(n, 1), .f_star = 0};
  // The least value is taken at a = 1 - 1 / n^2, between the zeros.
  add_zero(known, "a < 1", zero_between(count, 0, 1 - 1 / (count * count)));
  if (n % 2 == 1) add_zero(known, "a < 0", zero_between(count, -1, 0));
  // A saddle to which curvature is blind, so that no test of it can tell: f falls with the (n-1)st
  // power of the way.
  if (n > 3) known.landmarks.push_back({"(0, ..., 0, n + 1)", Landmark::Kind::saddle, 1, {}});
  return collection_problem(brown_almost_linear_family(), parameters, instance,
                            BrownAlmostLinear{n}, std::move(known));
}

}  // namespace

Family brown_almost_linear_family() {
  return collection_family(
      "brown_almost_linear", 27,
      "n - 1 linear equations and a product, which vanishes nearly everywhere",
      "Brown, A quadratically convergent Newton-like method based upon Gaussian elimination, SIAM "
      "Journal on Numerical Analysis 6, 1969, 560-569",
      make, {{"n", ParameterType::integer, "10", 2, 1000, {}, "number of variables"}});
}

}  // namespace ravine::problems
