// L-BFGS (Liu and Nocedal 1989; Nocedal and Wright 2006, Algorithm 7.5): the two-loop recursion
// over the last m pairs, and a line search, by default for the strong Wolfe conditions.
// State: (2m + 2) n doubles. Traffic: 10 m n doubles a step, and what the search costs.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/line_search.hpp"
#include "ravine/sdk/quasi_newton/limited_memory.hpp"

namespace {

class LBfgs {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "lbfgs",
      .name = "L-BFGS",
      .author = "Ravine",
      .summary = "limited-memory BFGS with a line search; no learning rate",
      .paper =
          "D. C. Liu, J. Nocedal, On the limited memory BFGS method for large scale optimization, "
          "Math. Programming 45 (1989)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT,
      .uses = RAVINE_HESSIAN_VECTORS,
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::integer({.name = "history",
                            .meaning = "m: how many pairs (s, y) are kept",
                            .value = 10,
                            .minimum = 1,
                            .maximum = 1000,
                            .tune_low = 3,
                            .tune_high = 100,
                            .scale = RAVINE_LOG}),
      ravine::sdk::LineSearch::curvature(0.9), ravine::sdk::LineSearch::choice()};

  explicit LBfgs(const ravine::sdk::Start& start)
      : memory_(start.n(), start.count_setting("history")),
        here_(start.n()),
        line_(start),
        d_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    memory_.leave(x, here_.g);
    std::int32_t status = RAVINE_NO_PROGRESS;
    if (!memory_.empty()) {
      set_steepest_descent();
      memory_.apply(d_);
      status = line_.search(f, x, here_.f, here_.g, d_, 1);
    }
    if (status == RAVINE_NO_PROGRESS) {
      memory_.clear();
      set_steepest_descent();
      // Without curvature the gradient's length says nothing of a step's; at most 1 far from x*.
      const double first_step = std::min(1.0, 1 / ravine::sdk::norm(here_.g));
      status = line_.search(f, x, here_.f, here_.g, d_, first_step);
    }
    if (status != RAVINE_OK) return status;
    here_.keep(f, x);
    memory_.arrive(x, here_.g);
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage& stage, std::span<const double>) {
    here_.forget();
    if ((stage.changed & RAVINE_STALE_CURVATURE) != 0) memory_.clear();
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    memory_.state(archive);
    here_.state(archive);
  }

 private:
  void set_steepest_descent() {
    for (std::size_t i = 0; i < d_.size(); ++i) d_[i] = -here_.g[i];
  }

  ravine::sdk::LimitedMemory memory_;
  ravine::sdk::KnownPoint here_;
  ravine::sdk::LineSearch line_;
  ravine::sdk::Vector d_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("lbfgs", "1.0", LBfgs)
