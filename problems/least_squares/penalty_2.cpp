// Moré, Garbow and Hillstrom's problem 24 (penalty function II): f = sum of
//   (x_1 - 0.2)^2,
//   a (e^{x_i / 10} + e^{x_{i-1} / 10} - y_i)^2, i = 2 ... n,  y_i = e^{i / 10} + e^{(i-1) / 10},
//   a (e^{x_i / 10} - e^{-1 / 10})^2, i = 2 ... n,
//   (sum of (n - j + 1) x_j^2 - 1)^2,  a = 1e-5.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Penalty2 {
  static constexpr bool kSquares = true;
  std::size_t n;
  double root_a = std::sqrt(1e-5);
  [[nodiscard]] std::size_t terms() const { return 2 * n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    if (i == 0) return x[0] - 0.2;
    if (i < n) {
      const double index = static_cast<double>(i + 1);
      const double y = exp(index / 10) + exp((index - 1) / 10);
      return root_a * (exp(x[i] / 10.0) + exp(x[i - 1] / 10.0) - y);
    }
    if (i + 1 < 2 * n) return root_a * (exp(x[i - n + 1] / 10.0) - exp(-0.1));
    T sum = static_cast<double>(n) * square(x[0]);
    for (std::size_t j = 1; j < n; ++j) sum += static_cast<double>(n - j) * square(x[j]);
    return sum - 1;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  Known known{.x0 = std::vector<double>(n, 0.5), .x_star = {}};
  if (n == 4) {
    known.f_star = 9.3762930073554415366e-6;
    known.x_star = {0.19999933335038038, 0.19131670099277245, 0.48010148533262317,
                    0.51884540439020059};
  } else if (n == 10) {
    known.f_star = 0.00029366053745674593788;
    known.x_star = {0.19998360519782361, 0.010350648471292298, 0.0196049344804384,
                    0.03208906722068565, 0.049932677399641297, 0.076513995153993608,
                    0.11862407286950418, 0.19214487233557668,  0.34732058694184363,
                    0.36916437415935083};
  }
  return collection_problem(penalty_2_family(), parameters, instance, Penalty2{n},
                            std::move(known));
}

}  // namespace

Family penalty_2_family() {
  return collection_family(
      "penalty_2", 24, "exponentials weighed with 1e-5 against an ellipsoid",
      "Gill, Murray and Pitfield, The implementation of two revised quasi-Newton algorithms for "
      "unconstrained optimization, Report NAC 11, National Physical Laboratory, 1972",
      make, {{"n", ParameterType::integer, "10", 1, 1000, {}, "number of variables"}});
}

}  // namespace ravine::problems
