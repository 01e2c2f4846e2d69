// Nonlinear conjugate gradients: d' = -g' + beta d (Fletcher and Reeves 1964; Nocedal and Wright
// 2006, section 5.2), with five formulas for beta that agree on a quadratic with exact searches.
// beta = 0, a restart along -g', every `restart_every` steps, where successive gradients are far
// from orthogonal (Powell 1977: |g''g| >= 0.1 |g'|^2), where d' would not descend, where a formula
// divides by 0, and where the host has moved x or drawn another batch.
// State: 3 n doubles, d, g and x. Traffic: 8 to 11 n doubles a step, and the search's.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/line_search.hpp"

namespace {

constexpr double kPowell = 0.1;

class NonlinearCg {
  static constexpr const char* kFormulas[] = {"fletcher_reeves", "polak_ribiere",
                                              "polak_ribiere_plus", "hestenes_stiefel", "dai_yuan"};
  enum Formula : std::uint8_t {
    kFletcherReeves,    // g'.g' / g.g: jams after a bad step, where g' is close to g
    kPolakRibiere,      // g'.(g' - g) / g.g: restarts by itself there, but may ascend
    kPolakRibierePlus,  // max(0, Polak-Ribiere)
    kHestenesStiefel,   // g'.(g' - g) / d.(g' - g)
    kDaiYuan            // g'.g' / d.(g' - g): descends with any Wolfe search
  };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "nonlinear_cg",
      .name = "Nonlinear conjugate gradients",
      .author = "Ravine",
      .summary = "d <- -g + beta d with a line search; no learning rate",
      .paper =
          "R. Fletcher, C. M. Reeves, Function minimization by conjugate gradients, Comput. J. 7 "
          "(1964); E. Polak, G. Ribiere, Note sur la convergence de methodes de directions "
          "conjuguees, RIRO 3 (1969); M. R. Hestenes, E. Stiefel, Methods of conjugate gradients "
          "for solving linear systems, J. Res. NBS 49 (1952); Y. H. Dai, Y. Yuan, A nonlinear "
          "conjugate gradient method with a strong global convergence property, SIAM J. Optim. 10 "
          "(1999); M. J. D. Powell, Restart procedures for the conjugate gradient method, Math. "
          "Programming 12 (1977)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT,
      .uses = RAVINE_HESSIAN_VECTORS,
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::choice("formula",
                          "beta, with y = g' - g: g'.g' / g.g, g'.y / g.g, the same but at least "
                          "0, g'.y / d.y, or g'.g' / d.y",
                          kFormulas, kPolakRibierePlus),
      ravine::sdk::integer({.name = "restart_every",
                            .meaning = "steps from one restart to the next; 0 for n",
                            .value = 0,
                            .minimum = 0,
                            .maximum = 1e9,
                            .tune_low = 0,
                            .tune_high = 1000,
                            .unit = "steps"}),
      ravine::sdk::boolean("powell", "restart where |g'.g| >= 0.1 |g'|^2", false),
      ravine::sdk::LineSearch::curvature(0.4), ravine::sdk::LineSearch::choice()};

  explicit NonlinearCg(const ravine::sdk::Start& start)
      : formula_(static_cast<Formula>(start.count_setting("formula"))),
        restart_every_(start.count_setting("restart_every")),
        powell_(start.flag("powell")),
        d_(start.n()),
        here_(start.n()),
        line_(start),
        g_before_(start.n()) {
    if (restart_every_ == 0) restart_every_ = std::max<std::uint64_t>(start.n(), 1);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    const bool continues =
        here_.known && f.ticket() == RAVINE_FULL && ravine::sdk::same(x, here_.x);
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    double slope = ravine::sdk::dot(here_.g, d_);
    if (!continues || since_restart_ == 0 || !(slope < 0)) slope = restart();
    g_before_ = here_.g;
    const double f_before = here_.f;

    auto status = line_.search(f, x, here_.f, here_.g, d_, first_.step(slope, d_));
    if (status == RAVINE_NO_PROGRESS && since_restart_ > 0) {
      slope = restart();
      status = line_.search(f, x, here_.f, here_.g, d_, first_.step(slope, d_));
    }
    if (status != RAVINE_OK) return status;
    first_.accepted(line_.step(), slope, f_before, here_.f);
    here_.keep(f, x);
    advance(slope);
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    here_.forget();
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(d_, since_restart_);
    here_.state(archive);
    first_.state(archive);
  }

 private:
  // The slope along d = -g.
  double restart() {
    for (std::size_t i = 0; i < d_.size(); ++i) d_[i] = -here_.g[i];
    since_restart_ = 0;
    return ravine::sdk::dot(here_.g, d_);
  }

  // The next direction, where the step is done; `slope` is g.d.
  void advance(double slope) {
    const double beta = ++since_restart_ < restart_every_ ? finite(this->beta(slope)) : 0;
    if (beta == 0) since_restart_ = 0;  // the next step sets d = -g
    for (std::size_t i = 0; i < d_.size(); ++i) d_[i] = -here_.g[i] + beta * d_[i];
  }
  [[nodiscard]] double beta(double slope) const {
    const auto& g = g_before_;
    const auto& g_new = here_.g;
    const double new_new = ravine::sdk::dot(g_new, g_new);
    if (formula_ == kFletcherReeves && !powell_) return new_new / ravine::sdk::dot(g, g);
    const double new_old = ravine::sdk::dot(g_new, g);
    if (powell_ && std::fabs(new_old) >= kPowell * new_new) return 0;
    switch (formula_) {
      case kFletcherReeves:
        return new_new / ravine::sdk::dot(g, g);
      case kPolakRibiere:
        return (new_new - new_old) / ravine::sdk::dot(g, g);
      case kPolakRibierePlus:
        return std::max(0.0, (new_new - new_old) / ravine::sdk::dot(g, g));
      case kHestenesStiefel:
        return (new_new - new_old) / (ravine::sdk::dot(g_new, d_) - slope);
      case kDaiYuan:
        return new_new / (ravine::sdk::dot(g_new, d_) - slope);
    }
    return 0;
  }
  // 0/0 := 0, and so is what else has no value.
  static double finite(double value) { return std::isfinite(value) ? value : 0; }

  Formula formula_;
  std::uint64_t restart_every_;
  bool powell_;
  ravine::sdk::Vector d_;            // the next direction
  std::uint64_t since_restart_ = 0;  // steps; 0: the next direction is -g
  ravine::sdk::KnownPoint here_;
  ravine::sdk::FirstTrial first_;
  ravine::sdk::LineSearch line_;
  ravine::sdk::Vector g_before_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("nonlinear_cg", "1.0", NonlinearCg)
