// Moré, Garbow and Hillstrom's problem 15 (Kowalik and Osborne 1968): f = sum of
//   (y_i - x_1 (u_i^2 + u_i x_2) / (u_i^2 + u_i x_3 + x_4))^2.
// The rate of an enzyme's reaction; NIST's data set MGH09.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct KowalikOsborne {
  static constexpr bool kSquares = true;
  static constexpr double kY[] = {.1957, .1947, .1735, .1600, .0844, .0627,
                                  .0456, .0342, .0323, .0235, .0246};
  static constexpr double kU[] = {4, 2, 1, .5, .25, .167, .125, .1, .0833, .0714, .0625};
  [[nodiscard]] static std::size_t terms() { return std::size(kY); }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    const double u = kU[i];
    return kY[i] - x[0] * (u * u + u * x[1]) / (u * u + u * x[2] + x[3]);
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  using enum Landmark::Kind;
  // Starts keep the denominators positive.
  Known known{
      .x0 = {.25, .39, .415, .39},
      .x_star = {.19280693457903786, .19128232873436697, .12305650692632066, .13606233068379484},
      .f_star = 3.0750560384923742741e-4,
      .landmarks =
          {{"x1 -> inf, x2 -> -14.0759, x3, x4 -> -inf", infinity, 1.0273430486954578342e-3, {}}},
      .spread = .1};
  return collection_problem(kowalik_osborne_family(), parameters, instance, KowalikOsborne{},
                            std::move(known));
}

}  // namespace

Family kowalik_osborne_family() {
  return collection_family(
      "kowalik_osborne", 15, "an enzyme kinetics model of four parameters and 11 observations",
      "Kowalik and Osborne, Methods for Unconstrained Optimization Problems, Elsevier, 1968", make);
}

}  // namespace ravine::problems
