// Alternating minimization (Csiszar and Tusnady 1984; Grippo and Sciandrone 2000): the variables in
// two groups, and f minimized over one of them while the other stands still, in turn: dictionary
// and code, user and item factors, one layer and the next. A step is one group's turn. Within it
// L-BFGS (Liu and Nocedal 1989) with a strong Wolfe search goes on until the group's gradient has
// shrunk to the inner tolerance; its memory ends with the turn, as the other group's next turn
// changes the curvature. f rises by no more
// than rounding.
// State: 2 n doubles. Traffic: an inner step moves (4 m + 12) n doubles, and the search's.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ravine/sdk.hpp"
#include "ravine/sdk/groups.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/strong_wolfe.hpp"
#include "ravine/sdk/no_progress.hpp"
#include "ravine/sdk/quasi_newton/limited_memory.hpp"

namespace {

class AlternatingMinimization {
  static constexpr const char* kGroupings[] = {"halves", "even_odd"};
  enum Grouping : std::uint8_t { kHalves, kEvenOdd };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "alternating_minimization",
      .name = "Alternating minimization",
      .author = "Ravine",
      .summary = "f over one half of the variables, then over the other, by L-BFGS within each",
      .paper =
          "L. Grippo, M. Sciandrone, On the convergence of the block nonlinear Gauss-Seidel "
          "method under convex constraints, Oper. Res. Lett. 26 (2000)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT,
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::choice("grouping",
                          "the two groups: the first and the second half of the task's blocks, or "
                          "those with even and with odd number; of a single block the halves of x",
                          kGroupings, kHalves),
      ravine::sdk::real({.name = "inner_tolerance",
                         .meaning = "a turn ends when the group's gradient is at most this times "
                                    "what it was",
                         .value = 1e-2,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 1e-8,
                         .tune_high = 0.5,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::integer({.name = "inner_iterations",
                            .meaning = "L-BFGS iterations of a turn, at most",
                            .value = 100,
                            .minimum = 1,
                            .maximum = 1e6,
                            .tune_low = 1,
                            .tune_high = 1000,
                            .scale = RAVINE_LOG,
                            .unit = "iterations"}),
      ravine::sdk::integer({.name = "m",
                            .meaning = "pairs of differences that L-BFGS remembers in a turn",
                            .value = 10,
                            .minimum = 1,
                            .maximum = 1000,
                            .tune_low = 3,
                            .tune_high = 50,
                            .unit = "pairs"})};

  explicit AlternatingMinimization(const ravine::sdk::Start& start)
      : tolerance_(start.setting("inner_tolerance")),
        iterations_(start.count_setting("inner_iterations")),
        host_(&start.host()),
        here_(start.n()),
        memory_(start.n(), start.count_setting("m")),
        line_(start.n()),
        g_(start.n()),
        d_(start.n()),
        x_before_(start.n()),
        g_before_(start.n()) {
    using Groups = ravine::sdk::Groups;
    auto parts = Groups::blocks_of(start.task());
    if (parts.size() < 2) parts = Groups::slices(start.n(), (start.n() + 1) / 2);
    std::vector<Groups::Range> first, second;
    const bool halves = start.count_setting("grouping") == kHalves;
    for (std::size_t i = 0; i < parts.size(); ++i)
      ((halves ? 2 * i < parts.size() : i % 2 == 0) ? first : second).push_back(parts[i]);
    groups_.add(std::move(first));
    groups_.add(std::move(second));
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    bool moved = false;
    const auto status = minimize(f, x, turns_.take(groups_.count()), moved);
    if (status != RAVINE_NO_PROGRESS && status != RAVINE_OK) return status;
    turns_.idle = moved ? 0 : turns_.idle + 1;
    if (turns_.idle < groups_.count()) return RAVINE_OK;
    return ravine::sdk::no_progress(*host_, "no step within either group lowers f");
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    here_.forget();
    turns_.idle = 0;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    here_.state(archive);
    turns_.state(archive);
  }

 private:
  std::int32_t minimize(const ravine::sdk::Function& f, std::span<double> x, std::size_t group,
                        bool& moved) {
    memory_.clear();
    groups_.restrict_to(group, here_.g, g_);
    const double enough = tolerance_ * ravine::sdk::norm(g_);
    for (std::size_t k = 0; k < iterations_ && ravine::sdk::norm(g_) > enough; ++k) {
      std::copy(x.begin(), x.end(), x_before_.begin());
      std::copy(g_.begin(), g_.end(), g_before_.begin());
      const auto status = move(f, x);
      if (status != RAVINE_OK) return status;
      moved = true;
      here_.keep(f, x);
      groups_.restrict_to(group, here_.g, g_);
      memory_.add(x_before_, g_before_, x, g_);
    }
    return RAVINE_OK;
  }
  // Along -H g, or -g where there are no pairs or they mislead.
  std::int32_t move(const ravine::sdk::Function& f, std::span<double> x) {
    if (!memory_.empty()) {
      for (std::size_t i = 0; i < x.size(); ++i) d_[i] = -g_[i];
      memory_.apply(d_);
      const auto status = line_.search(f, x, here_.f, here_.g, d_, 1);
      if (status != RAVINE_NO_PROGRESS) return status;
      memory_.clear();
    }
    for (std::size_t i = 0; i < x.size(); ++i) d_[i] = -g_[i];
    return line_.search(f, x, here_.f, here_.g, d_, std::min(1.0, 1 / ravine::sdk::norm(g_)));
  }

  double tolerance_;
  std::size_t iterations_;
  const ravine_host* host_;
  ravine::sdk::Groups groups_;
  ravine::sdk::KnownPoint here_;
  ravine::sdk::Turns turns_;
  ravine::sdk::LimitedMemory memory_;  // of a turn, so not state
  ravine::sdk::StrongWolfe line_;
  ravine::sdk::Vector g_, d_, x_before_, g_before_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("alternating_minimization", "1.0", AlternatingMinimization)
