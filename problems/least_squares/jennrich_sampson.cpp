// Moré, Garbow and Hillstrom's problem 6 (Jennrich and Sampson 1968): f = sum of
//   (2 + 2 i - (exp(i x_1) + exp(i x_2)))^2,  i = 1, ..., 10.
// The start is (0.3, 0.4); copies that start at (1, 1) begin at f = 2.24e9. At 100 times it f is
// beyond the doubles.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct JennrichSampson {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 10; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    const double k = static_cast<double>(i + 1);
    return 2 + 2 * k - (exp(k * x[0]) + exp(k * x[1]));
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Known known{.x0 = {.3, .4},
              .x_star = {.25782521367036408, .25782521367036408},
              .f_star = 124.36218235561485351,
              .spread = .1};
  return collection_problem(jennrich_sampson_family(), parameters, instance, JennrichSampson{},
                            std::move(known));
}

}  // namespace

Family jennrich_sampson_family() {
  return collection_family("jennrich_sampson", 6,
                           "two exponentials fitted to a line, the minimum far from 0",
                           "Jennrich and Sampson, Application of stepwise regression to non-linear "
                           "estimation, Technometrics 10, 1968, 63-72",
                           make);
}

}  // namespace ravine::problems
