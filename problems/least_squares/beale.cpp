// Moré, Garbow and Hillstrom's problem 5 (Beale 1958): f = sum of (y_i - x_1 (1 - x_2^i))^2 for
// i = 1, 2, 3, y = 1.5, 2.25, 2.625. Flat towards infinity: where x_1 (1 - x_2) = s stays and |x_1|
// grows, f tends to sum of (y_i - i s)^2, least for s = 13.875 / 14.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Beale {
  static constexpr bool kSquares = true;
  static constexpr double kY[] = {1.5, 2.25, 2.625};
  [[nodiscard]] static std::size_t terms() { return std::size(kY); }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const T x1 = x[0], x2 = x[1];
    T power = x2;
    if (i > 0) power = power * x2;
    if (i > 1) power = power * x2;
    return kY[i] - x1 * (1.0 - power);
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{
      .x0 = {1, 1},
      .x_star = {3, .5},
      .f_star = 0,
      .landmarks = {{"|x1| -> inf, x2 -> 1", infinity, 14.203125 - 13.875 * 13.875 / 14, {}},
                    {"saddle", saddle, 14.203125, {0, 1}}}};
  return collection_problem(beale_family(), parameters, instance, Beale{}, std::move(known));
}

}  // namespace

Family beale_family() {
  return collection_family("beale", 5, "a curved valley beside plains that fall towards infinity",
                           "Beale, On an iterative method for finding a local minimum of a "
                           "function of more than one variable, Technical Report 25, Statistical "
                           "Techniques Research Group, Princeton University, 1958",
                           make);
}

}  // namespace ravine::problems
