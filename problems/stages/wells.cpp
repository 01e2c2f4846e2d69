#include "problems/stages/wells.hpp"

#include <cmath>
#include <span>
#include <utility>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems::wells {
namespace {

struct Well {
  double a, s;
  double c[2];
};

constexpr Well kLandscape[] = {{1, 1, {0, 0}}, {0.75, 0.5, {2, 1}}, {0.5, 0.5, {-1.5, 1.5}}};
constexpr Well kControl[] = {{1.2, 0.2, {-2}}, {1, 1, {2}}};

struct Wells {
  static constexpr bool kSquares = false;
  std::span<const Well> wells;
  std::size_t n;
  double t;
  [[nodiscard]] std::size_t terms() const { return wells.size(); }
  template <class T, class X>
  T term(std::size_t k, const X& x) const {
    using std::exp;
    const Well& well = wells[k];
    T r2 = 0;
    for (std::size_t j = 0; j < n; ++j) r2 += square(x[j] - well.c[j]);
    const double s2 = well.s * well.s, width2 = s2 + t * t;
    return -well.a * std::pow(s2 / width2, 0.5 * static_cast<double>(n)) *
           exp(r2 * (-0.5 / width2));
  }
};

std::unique_ptr<Problem> smoothed(Wells f) {
  Facts facts = plain_facts(homotopy_family(), f.n);
  facts.x0.assign(f.n, 0.0);
  return std::make_unique<FormulaProblem<Wells>>(f, std::move(facts));
}

}  // namespace

std::unique_ptr<Problem> landscape(const Family& family, const Instance& instance) {
  using enum Landmark::Kind;
  const Known known{.x0 = {2.25, 1.25},
                    .x_star = {-0.00009880354567356414352391, 0.0005077528927827748982175},
                    .f_star = -1.000095888252587389954,
                    .landmarks = {{"local minimum at (1.9, 1.0)",
                                   minimum,
                                   -0.8384445143810736270021,
                                   {1.937576195705908110366, 0.9687880978983892175929}},
                                  {"local minimum at (-1.4, 1.4)",
                                   minimum,
                                   -0.6212719793363424852321,
                                   {-1.396256505495013065439, 1.396256505800933193008}},
                                  {"saddle at (1.2, 0.6)",
                                   saddle,
                                   -0.5579879099760716989291,
                                   {1.202008467455688079491, 0.6010046345302657853867}},
                                  {"saddle at (-1.0, 1.0)",
                                   saddle,
                                   -0.5518191731796482909267,
                                   {-1.000000000000020566903, 1.000000124198131563523}}},
                    .spread = 3,
                    .centre = 0};
  return formula_problem(family, instance, Wells{kLandscape, 2, 0}, known);
}

std::unique_ptr<Problem> control(const Family& family, const Instance& instance) {
  using enum Landmark::Kind;
  const Known known{
      .x0 = {-1.75},
      .x_star = {-1.999955264144308148183},
      .f_star = -1.200335492642317429909,
      .landmarks = {{"local minimum, where continuation ends", minimum, -1, {2}},
                    {"maximum", maximum, -0.006131817938730104056368, {-1.240971347868313080129}}},
      .spread = 3,
      .centre = 0};
  return formula_problem(family, instance, Wells{kControl, 1, 0}, known);
}

std::unique_ptr<Problem> landscape_smoothed(std::uint64_t n, double t) {
  return smoothed({kLandscape, n, t});
}
std::unique_ptr<Problem> control_smoothed(std::uint64_t n, double t) {
  return smoothed({kControl, n, t});
}

}  // namespace ravine::problems::wells
