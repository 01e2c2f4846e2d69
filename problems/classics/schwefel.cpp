// Schwefel's function, f = sum of c - x_i sin sqrt|x_i| on [-500, 500]^n, c such that the minimum
// there is 0: in each variable the global minimum is far from the second best, near the other end
// of the box. Outside the box f is unbounded below.
//
// The second derivative has a pole at 0; value and slope there are c and 0.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

constexpr double kC = 418.98288727243370627;          // x sin sqrt(x) at the root below
constexpr double kMinimizer = 420.96874635998202731;  // 2 tan(s) + s = 0, x = s^2
constexpr double kBox = 500;

struct Schwefel {
  static constexpr bool kSquares = false;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::sin, std::sqrt;
    const T z = x[i];
    if (plain(z) == 0) return kC;  // sqrt has no slope there
    return kC - z * sin(plain(z) < 0 ? sqrt(-z) : sqrt(z));
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  const std::uint64_t n = whole(parameters, "n");
  // The basin of a local minimum that is neither the best nor the second best.
  Known known{.x0 = std::vector<double>(n, 100),
              .x_star = std::vector<double>(n, kMinimizer),
              .f_star = 0,
              .landmarks = {{"all at the local minimum next to the start", minimum,
                             static_cast<double>(n) * 355.34790532087924806,
                             std::vector<double>(n, 65.547865090151542013)}},
              .spread = kBox,
              .centre = 0};
  known.landmarks.push_back(
      {"first at the second best", minimum, 118.43833461443789606, known.x_star});
  known.landmarks.back().x[0] = -302.52493561191178377;
  Facts facts = plain_facts(schwefel_family(), n);
  known.fill(facts, instance);
  facts.lower.assign(n, -kBox);
  facts.upper.assign(n, kBox);
  return std::make_unique<FormulaProblem<Schwefel>>(Schwefel{n}, std::move(facts));
}

}  // namespace

Family schwefel_family() {
  Family family;
  family.id = "schwefel";
  family.summary = "the second best minimum is at the other end of the box";
  family.citation =
      "Schwefel, Numerical Optimization of Computer Models, Wiley, 1981, problem 2.26";
  family.parameters = {dimension_parameter(1, "2")};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
