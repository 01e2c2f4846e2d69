// Moré, Garbow and Hillstrom's problem 2 (Freudenstein and Roth 1963): f = r_1^2 + r_2^2,
//   r_1 = -13 + x_1 + ((5 - x_2) x_2 - 2) x_2,  r_2 = -29 + x_1 + ((x_2 + 1) x_2 - 14) x_2.
// From the paper's start most methods end in the local minimum.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct FreudensteinRoth {
  static constexpr bool kSquares = true;
  [[nodiscard]] static std::size_t terms() { return 2; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const T x1 = x[0], x2 = x[1];
    if (i == 0) return -13.0 + x1 + ((5.0 - x2) * x2 - 2.0) * x2;
    return -29.0 + x1 + ((x2 + 1.0) * x2 - 14.0) * x2;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  Known known{
      .x0 = {.5, -2},
      .x_star = {5, 4},
      .f_star = 0,
      .landmarks = {
          {"local minimum", minimum, 48.984253679240021, {11.412778986902094, -.89680525327447652}},
          {"saddle", saddle, 819.01025935231006, {23.92055434643124, 2.23013858660781}}}};
  return collection_problem(freudenstein_roth_family(), parameters, instance, FreudensteinRoth{},
                            std::move(known));
}

}  // namespace

Family freudenstein_roth_family() {
  return collection_family(
      "freudenstein_roth", 2,
      "two cubics in x2: a valley that leads past the minimum into a local one",
      "Freudenstein and Roth, Numerical solution of systems of nonlinear equations, Journal of the "
      "ACM 10, 1963, 550-556",
      make);
}

}  // namespace ravine::problems
