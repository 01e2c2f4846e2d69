// Moré, Garbow and Hillstrom's problem 23 (penalty function I): f = sum of
//   a (x_i - 1)^2, i = 1 ... n,  and  (x_1^2 + ... + x_n^2 - 1/4)^2,  a = 1e-5.
// At the minimizer all entries are one number s, the root near 1 / (2 sqrt n) of
//   4 s (n s^2 - 1/4) + 2 a (s - 1) = 0,
// so that n s^2 - 1/4 = a (1 - s) / (2 s), where the left side would cancel.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

constexpr double kA = 1e-5;

struct Penalty1 {
  static constexpr bool kSquares = true;
  std::size_t n;
  double root_a = std::sqrt(kA);
  [[nodiscard]] std::size_t terms() const { return n + 1; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i < n) return root_a * (x[i] - 1);
    T sum = square(x[0]);
    for (std::size_t j = 1; j < n; ++j) sum += square(x[j]);
    return sum - 0.25;
  }
};

// By Newton's method from the right, where the cubic is convex and rising: monotone.
double minimizing_entry(double n) {
  double s = 1 / std::sqrt(4 * n) + 0.01;
  for (int k = 0; k < 60; ++k) {
    const double next =
        s - (4 * n * s * s * s + (2 * kA - 1) * s - 2 * kA) / (12 * n * s * s + 2 * kA - 1);
    if (!(next < s)) break;
    s = next;
  }
  return s;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  const double count = static_cast<double>(n), s = minimizing_entry(count);
  const double r = kA * (1 - s) / (2 * s);
  Known known{.x0 = std::vector<double>(n),
              .x_star = std::vector<double>(n, s),
              .f_star = count * kA * (1 - s) * (1 - s) + r * r};
  for (std::uint64_t i = 0; i < n; ++i) known.x0[i] = static_cast<double>(i + 1);
  return collection_problem(penalty_1_family(), parameters, instance, Penalty1{n},
                            std::move(known));
}

}  // namespace

Family penalty_1_family() {
  return collection_family(
      "penalty_1", 23, "a weak pull to (1, ..., 1) against a sphere of radius 1/2",
      "Gill, Murray and Pitfield, The implementation of two revised quasi-Newton algorithms for "
      "unconstrained optimization, Report NAC 11, National Physical Laboratory, 1972",
      make, {dimension_parameter(1, "10")});
}

}  // namespace ravine::problems
