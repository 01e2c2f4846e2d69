// Moré, Garbow and Hillstrom's problem 4 (Brown, unpublished): f = r_1^2 + r_2^2 + r_3^2,
//   r_1 = x_1 - 10^6,  r_2 = x_2 - 2 * 10^-6,  r_3 = x_1 x_2 - 2.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct BrownBadlyScaled {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 3; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i == 0) return x[0] - 1e6;
    if (i == 1) return x[1] - 2e-6;
    return x[0] * x[1] - 2.0;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Known known{.x0 = {1, 1}, .x_star = {1e6, 2e-6}, .f_star = 0};
  return collection_problem(brown_badly_scaled_family(), parameters, instance, BrownBadlyScaled{},
                            std::move(known));
}

}  // namespace

Family brown_badly_scaled_family() {
  return collection_family("brown_badly_scaled", 4, "three simple terms, variables of 1e6 and 2e-6",
                           "Brown, unpublished", make);
}

}  // namespace ravine::problems
