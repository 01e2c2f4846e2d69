// Moré, Garbow and Hillstrom's problem 8 (Bard 1970): f = sum of
//   (y_i - (x_1 + u_i / (v_i x_2 + w_i x_3)))^2,  u_i = i, v_i = 16 - i, w_i = min(u_i, v_i).
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Bard {
  static constexpr bool kSquares = true;
  static constexpr double kY[] = {.14, .18, .22, .25, .29,  .32,  .35, .39,
                                  .37, .58, .73, .96, 1.34, 2.10, 4.39};
  [[nodiscard]] std::size_t terms() const { return std::size(kY); }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const double u = static_cast<double>(i + 1), v = 16 - u;
    return kY[i] - (x[0] + u / (v * x[1] + std::min(u, v) * x[2]));
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Known known{.x0 = {1, 1, 1},
              .x_star = {.082410559749788932, 1.1330360920297216, 2.3436951786425371},
              .f_star = .008214877306578974752,
              .landmarks = {{"x2, x3 -> -inf", Landmark::Kind::infinity, 17.428693333333333, {}}}};
  return collection_problem(bard_family(), parameters, instance, Bard{}, std::move(known));
}

}  // namespace

Family bard_family() {
  return collection_family("bard", 8, "a rational model of three parameters and 15 observations",
                           "Bard, Comparison of gradient methods for the solution of nonlinear "
                           "parameter estimation problems, SIAM Journal on Numerical Analysis 7, "
                           "1970, 157-186",
                           make);
}

}  // namespace ravine::problems
