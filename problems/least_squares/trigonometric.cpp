// Moré, Garbow and Hillstrom's problem 26: f = sum of
//   (n - sum_j cos x_j + i (1 - cos x_i) - sin x_i)^2.
// 1 - cos is written 2 sin^2 (x / 2), which keeps its digits near the zero at 0. Other zeros and
// minima stand close by: from the start with n = 10 methods usually end at 2.795e-5.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Trigonometric {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::sin;
    T sum = 0;
    for (std::size_t j = 0; j < n; ++j) {
      const double weight = j == i ? static_cast<double>(i + 2) : 1;
      sum += (2 * weight) * square(sin(0.5 * x[j]));
    }
    return sum - sin(x[i]);
  }
};

// n = 10.
void add_landmarks(Known& known) {
  using enum Landmark::Kind;
  known.landmarks = {
      {"zero beside 0",
       minimum,
       0,
       {0.039268696601079299, 0.04010677845215236, 0.041023193965481454, 0.042033109413812553,
        0.043156589564259182, 0.044420998149894529, 0.045865104292464646, 0.20116336522723175,
        0.049557438448079592, 0.14727864453617019}},
      {"local minimum 4.5e-7",
       minimum,
       4.4735658128062945987e-7,
       {0.051538859428460966, 0.053021362014706772, 0.054696856858414282, 0.056619588754793822,
        0.058870647965249079, 0.061579660295690688, 0.21837669133714214, 0.069522597038456487,
        0.14372807598235339, 0.092531226470067151}},
      {"local minimum 2.8e-5",
       minimum,
       0.000027950561218794562828,
       {0.055150903980691293, 0.056840616794738563, 0.058764001762695084, 0.060990608656760805,
        0.06362621369585451, 0.066843179452758789, 0.20816151856988116, 0.16436309588564774,
        0.085006895688507445, 0.091431450714707944}},
      {"local minimum 4.2e-5",
       minimum,
       0.000042186338879237258524,
       {0.053912925374252854, 0.055496591379669535, 0.057285880932085435, 0.059336645443647436,
        0.061730127154342665, 0.25788600359635963, 0.068114182119554359, 0.072622931094130321,
        0.078461599252090594, 0.083753864086696013}}};
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  Known known{.x0 = std::vector<double>(n, 1 / static_cast<double>(n)),
              .x_star = std::vector<double>(n, 0),
              .f_star = 0};
  if (n == 10) add_landmarks(known);
  return collection_problem(trigonometric_family(), parameters, instance, Trigonometric{n},
                            std::move(known));
}

}  // namespace

Family trigonometric_family() {
  return collection_family(
      "trigonometric", 26, "a sum of cosines in every equation; many zeros and minima",
      "Spedicato, Computational experience with quasi-Newton algorithms for minimization problems "
      "of moderately large size, Report CISE-N-175, Segrate, 1975",
      make, {{"n", ParameterType::integer, "10", 1, 2000, {}, "number of variables"}});
}

}  // namespace ravine::problems
