// Moré, Garbow and Hillstrom's problem 19 (Osborne 1972): f = sum of
//   (y_i - (x_1 exp(-t_i x_5) + x_2 exp(-(t_i - x_9)^2 x_6) + x_3 exp(-(t_i - x_10)^2 x_7)
//           + x_4 exp(-(t_i - x_11)^2 x_8)))^2,  t_i = (i - 1) / 10, i = 1, ..., 65.
#include <cmath>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Osborne2 {
  static constexpr bool kSquares = true;
  static constexpr double kY[] = {
      1.366, 1.191, 1.112, 1.013, .991, .885, .831, .847, .786, .725, .746, .679, .608,
      .655,  .616,  .606,  .602,  .626, .651, .724, .649, .649, .694, .644, .624, .661,
      .612,  .558,  .533,  .495,  .500, .423, .395, .375, .372, .391, .396, .405, .428,
      .429,  .523,  .562,  .607,  .653, .672, .708, .633, .668, .645, .632, .591, .559,
      .597,  .625,  .739,  .710,  .729, .720, .636, .581, .428, .292, .162, .098, .054};
  [[nodiscard]] static std::size_t terms() { return std::size(kY); }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::exp;
    const double t = static_cast<double>(i) / 10;
    T model = x[0] * exp(-t * x[4]);
    for (std::size_t k = 1; k <= 3; ++k)
      model = model + x[k] * exp(-square(t - x[k + 7]) * x[k + 4]);
    return kY[i] - model;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Known known{
      .x0 = {1.3, .65, .65, .7, .6, 3, 5, 7, 2, 4.5, 5.5},
      .x_star = {1.3099771546273005, .43155379460298892, .633661698960724, .5994305347859163,
                 .75418322632801128, .90428857985963366, 1.3658118352370285, 4.8236988172271556,
                 2.3986848661317546, 4.5688745976676716, 5.6753414705806412},
      .f_star = .040137736293547737633,
      .spread = .1};
  return collection_problem(osborne_2_family(), parameters, instance, Osborne2{}, std::move(known));
}

}  // namespace

Family osborne_2_family() {
  return collection_family(
      "osborne_2", 19, "a decay and three bell curves, 11 parameters and 65 observations",
      "Osborne, Some aspects of nonlinear least squares calculations, in Lootsma (ed.), Numerical "
      "Methods for Nonlinear Optimization, Academic Press, 1972, 171-189",
      make);
}

}  // namespace ravine::problems
