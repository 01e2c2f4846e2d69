// Alternating minimization (Csiszar and Tusnady 1984; Grippo and Sciandrone 2000): the variables in
// two groups, and f minimized over one of them while the other stands still, in turn: dictionary
// and code, user and item factors, one layer and the next. A step is one group's turn. Within it
// - partials: sweeps of exact coordinate steps x_i <- x_i - f_i / f_ii, Gauss-Seidel on the group
//   of a quadratic
// - lbfgs: until the group's gradient has shrunk to the inner tolerance. Also the turns in which
//   sweeps do not lower f, or meet curvature that is not positive
// f rises by no more than rounding. State: 2 n doubles. Traffic: partials: 3 n doubles a step;
// lbfgs: (4 m + 12) n for an inner one, and the search's.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "plugins/coordinates/group_lbfgs.hpp"
#include "ravine/sdk.hpp"
#include "ravine/sdk/group_sweeps.hpp"
#include "ravine/sdk/groups.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/no_progress.hpp"

namespace {

class AlternatingMinimization {
  static constexpr const char* kGroupings[] = {"halves", "even_odd"};
  enum Grouping : std::uint8_t { kHalves, kEvenOdd };
  static constexpr std::array kUses{RAVINE_EXTENSION_PARTIALS};
  static constexpr const char* kInner[] = {"partials", "lbfgs"};
  enum Inner : std::uint8_t { kPartials, kLbfgs };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "alternating_minimization",
      .name = "Alternating minimization",
      .author = "Ravine",
      .summary = "f over one half of the variables, then over the other, by partials or L-BFGS",
      .paper =
          "L. Grippo, M. Sciandrone, On the convergence of the block nonlinear Gauss-Seidel "
          "method under convex constraints, Oper. Res. Lett. 26 (2000)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT,
      .traits = 0,
      .uses_extensions = kUses};
  static constexpr std::array kParameters{
      ravine::sdk::choice("grouping",
                          "the two groups: the first and the second half of the task's blocks, or "
                          "those with even and with odd number; of a single block the halves of x",
                          kGroupings, kHalves),
      ravine::sdk::choice("inner",
                          "within a group: sweeps of exact coordinate steps where the task offers "
                          "partial derivatives, else as lbfgs; or L-BFGS",
                          kInner, kPartials),
      ravine::sdk::inner_tolerance(1e-2,
                                   "a turn ends where the slopes of a sweep are at most this times "
                                   "the first one's; lbfgs: the group's gradient what it was"),
      ravine::sdk::inner_iterations(100, "sweeps, or iterations of L-BFGS, of a turn, at most"),
      ravine::sdk::integer({.name = "m",
                            .meaning = "pairs of differences that L-BFGS remembers in a turn",
                            .value = 10,
                            .minimum = 1,
                            .maximum = 1000,
                            .tune_low = 3,
                            .tune_high = 50,
                            .unit = "pairs"})};

  explicit AlternatingMinimization(const ravine::sdk::Start& start)
      : host_(&start.host()),
        here_(start.n()),
        sweeps_(start, start.count_setting("inner") == kPartials),
        lbfgs_(start.n(), start.count_setting("m"), start.setting("inner_tolerance"),
               start.count_setting("inner_iterations")) {
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
    if (groups_.count() == 0) return RAVINE_CONVERGED;
    const std::size_t group = turns_.take(groups_.count());
    auto status = sweeps_.minimize(f, x, here_, groups_[group]);
    bool moved = status == RAVINE_OK;
    if (status == RAVINE_NO_PROGRESS) {
      if (const auto looked = here_.look(f, x); looked != RAVINE_OK) return looked;
      if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
      status = lbfgs_.minimize(f, x, here_, groups_, group, moved);
    }
    if (status != RAVINE_NO_PROGRESS && status != RAVINE_OK) return status;
    if (!turns_.all_idle(moved, groups_.count())) return RAVINE_OK;
    return ravine::sdk::no_progress(*host_, "no step within either group lowers f");
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    here_.forget();
    sweeps_.forget();
    turns_.idle = 0;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    here_.state(archive);
    turns_.state(archive);
    sweeps_.state(archive);
  }

 private:
  const ravine_host* host_;
  ravine::sdk::Groups groups_;
  ravine::sdk::KnownPoint here_;
  ravine::sdk::Turns turns_;
  ravine::sdk::GroupSweeps sweeps_;
  ravine::coordinates::GroupLbfgs lbfgs_;
};

}  // namespace

RAVINE_PLUGIN("alternating_minimization", "1.0", AlternatingMinimization)
