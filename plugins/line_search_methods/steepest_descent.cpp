// Steepest descent with a line search: d = -g, x <- x + argmin_a f(x + a d) d (Cauchy 1847; Nocedal
// and Wright 2006, section 3.3). With line_search = exact_quadratic the argmin is exact on
// quadratics; the default is a strong Wolfe point.
// State: 2 n doubles, f and g where it stands. Traffic: 3 n doubles a step, and the search's.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/line_search.hpp"

namespace {

class SteepestDescent {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "steepest_descent",
      .name = "Steepest descent",
      .author = "Ravine",
      .summary = "x <- x - a g, a by a line search; no learning rate",
      .paper =
          "A. Cauchy, Methode generale pour la resolution des systemes d'equations "
          "simultanees, C. R. Acad. Sci. Paris 25 (1847); J. Nocedal, S. J. Wright, Numerical "
          "Optimization, 2nd ed., Springer (2006)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT,
      .uses = RAVINE_HESSIAN_VECTORS,
      .traits = 0};
  static constexpr std::array kParameters{ravine::sdk::LineSearch::curvature(0.4),
                                          ravine::sdk::LineSearch::choice()};

  explicit SteepestDescent(const ravine::sdk::Start& start)
      : here_(start.n()), line_(start), d_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    for (std::size_t i = 0; i < d_.size(); ++i) d_[i] = -here_.g[i];
    const double slope = ravine::sdk::dot(here_.g, d_);
    const double f_before = here_.f;
    const double first_step = first_.step(slope, d_);
    if (const auto status = line_.search(f, x, here_.f, here_.g, d_, first_step);
        status != RAVINE_OK)
      return status;
    first_.accepted(line_.step(), slope, f_before, here_.f);
    here_.keep(f, x);
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    here_.forget();
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    here_.state(archive);
    first_.state(archive);
  }

 private:
  ravine::sdk::KnownPoint here_;
  ravine::sdk::FirstTrial first_;
  ravine::sdk::LineSearch line_;
  ravine::sdk::Vector d_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("steepest_descent", "1.0", SteepestDescent)
