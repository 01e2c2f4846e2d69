// Block coordinate descent (Bertsekas and Tsitsiklis 1989, section 3.3.5; Wright 2015): f minimized
// over one block of variables at a time, the others standing still. A step is one block; the blocks
// are the task's (a tensor each) or slices of x. Within a block
// - partials: sweeps of exact coordinate steps x_i <- x_i - f_i / f_ii, Gauss-Seidel on the block
// of
//   a quadratic; of blocks of one variable, coordinate descent
// - newton_cg: H_bb d_b = -g_b by conjugate gradients, and a strong Wolfe search from a = 1 along
//   d_b: on a quadratic a = 1 and the block's minimizer is exact up to the inner tolerance. Also
//   the turns in which sweeps do not lower f, or meet curvature that is not positive
// f rises by no more than rounding. State: 2 n doubles. Traffic: partials: 3 n doubles a step;
// newton_cg: 4 n, 8 n for each product, and the search's.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "plugins/coordinates/block_newton.hpp"
#include "ravine/sdk.hpp"
#include "ravine/sdk/group_sweeps.hpp"
#include "ravine/sdk/groups.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/strong_wolfe.hpp"
#include "ravine/sdk/no_progress.hpp"

namespace {

class BlockCoordinateDescent {
  static constexpr std::array kUses{RAVINE_EXTENSION_PARTIALS};
  static constexpr const char* kInner[] = {"partials", "newton_cg"};
  enum Inner : std::uint8_t { kPartials, kNewtonCg };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "block_coordinate_descent",
      .name = "Block coordinate descent",
      .author = "Ravine",
      .summary = "f over one block of variables at a time, by partial derivatives or Newton's step",
      .paper =
          "D. P. Bertsekas, J. N. Tsitsiklis, Parallel and Distributed Computation, "
          "Prentice-Hall (1989); S. J. Wright, Coordinate descent algorithms, Math. Program. "
          "151 (2015)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT | RAVINE_HESSIAN_VECTORS,
      .traits = 0,
      .uses_extensions = kUses};
  static constexpr std::array kParameters{
      ravine::sdk::integer({.name = "block_size",
                            .meaning = "0: the blocks are the task's; else x in slices of so many",
                            .value = 0,
                            .minimum = 0,
                            .maximum = 1e9,
                            .tune_low = 0,
                            .tune_high = 1000,
                            .unit = "variables"}),
      ravine::sdk::choice("inner",
                          "within a block: sweeps of exact coordinate steps where the task offers "
                          "partial derivatives, else as newton_cg; or Newton's step by conjugate "
                          "gradients",
                          kInner, kPartials),
      ravine::sdk::inner_tolerance(1e-6,
                                   "a turn ends where the slopes of a sweep are at most this times "
                                   "the first one's; newton_cg: |H_bb d_b + g_b| <= this |g_b|"),
      ravine::sdk::inner_iterations(200,
                                    "sweeps, or products with the Hessian, of a turn, at most")};

  explicit BlockCoordinateDescent(const ravine::sdk::Start& start)
      : host_(&start.host()),
        here_(start.n()),
        sweeps_(start, start.count_setting("inner") == kPartials),
        newton_(start.n(), start.setting("inner_tolerance"),
                start.count_setting("inner_iterations")),
        line_(start.n()) {
    if ((start.task().offers & RAVINE_HESSIAN_VECTORS) == 0)
      throw ravine::sdk::Refused("needs Hessian-vector products, which the task does not offer");
    using Groups = ravine::sdk::Groups;
    const std::size_t size = start.count_setting("block_size");
    for (const auto& block :
         size == 0 ? Groups::blocks_of(start.task()) : Groups::slices(start.n(), size))
      blocks_.add({block});
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (blocks_.count() == 0) return RAVINE_CONVERGED;
    const std::size_t block = turns_.take(blocks_.count());
    auto status = sweeps_.minimize(f, x, here_, blocks_[block]);
    if (status == RAVINE_NO_PROGRESS) {
      if (const auto looked = here_.look(f, x); looked != RAVINE_OK) return looked;
      if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
      status = newton_.solve(f, x, here_.g, blocks_, block);
      if (status == RAVINE_OK)
        status = line_.search(f, x, here_.f, here_.g, newton_.direction(), 1);
      if (status == RAVINE_OK) here_.keep(f, x);
    }
    if (status != RAVINE_OK && status != RAVINE_NO_PROGRESS) return status;
    if (!turns_.all_idle(status == RAVINE_OK, blocks_.count())) return RAVINE_OK;
    return ravine::sdk::no_progress(*host_, "no step within any block lowers f");
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
  ravine::sdk::Groups blocks_;  // one range each
  ravine::sdk::KnownPoint here_;
  ravine::sdk::Turns turns_;
  ravine::sdk::GroupSweeps sweeps_;
  ravine::coordinates::BlockNewton newton_;
  ravine::sdk::StrongWolfe line_;
};

}  // namespace

RAVINE_PLUGIN("block_coordinate_descent", "1.0", BlockCoordinateDescent)
