// Block coordinate descent (Bertsekas and Tsitsiklis 1989, section 3.3.5; Wright 2015): one block b
// of variables at a time, to the minimizer of the block's quadratic model,
//   H_bb d_b = -g_b,  x_b <- x_b + a d_b,
// by conjugate gradients through Hessian-vector products, and a strong Wolfe search from a = 1: on
// a quadratic a = 1 and the block's minimizer is exact up to the inner tolerance. f rises by no
// more than rounding. A step is one block; the blocks are the task's (a tensor each) or slices of
// x. State: 2 n doubles. Traffic: 4 n doubles a step, 8 n for each product, and the search's.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/groups.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/strong_wolfe.hpp"
#include "ravine/sdk/no_progress.hpp"

namespace {

class BlockCoordinateDescent {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "block_coordinate_descent",
      .name = "Block coordinate descent",
      .author = "Ravine",
      .summary = "one block of variables at a time, by Newton's step within it",
      .paper =
          "D. P. Bertsekas, J. N. Tsitsiklis, Parallel and Distributed Computation, "
          "Prentice-Hall (1989); S. J. Wright, Coordinate descent algorithms, Math. Program. "
          "151 (2015)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT | RAVINE_HESSIAN_VECTORS,
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::integer({.name = "block_size",
                            .meaning = "0: the blocks are the task's; else x in slices of so many",
                            .value = 0,
                            .minimum = 0,
                            .maximum = 1e9,
                            .tune_low = 0,
                            .tune_high = 1000,
                            .unit = "variables"}),
      ravine::sdk::real({.name = "inner_tolerance",
                         .meaning = "conjugate gradients end at |H_bb d_b + g_b| <= this |g_b|",
                         .value = 1e-6,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 1e-12,
                         .tune_high = 0.5,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::integer({.name = "inner_iterations",
                            .meaning = "products with the Hessian for a block, at most",
                            .value = 200,
                            .minimum = 1,
                            .maximum = 1e6,
                            .tune_low = 5,
                            .tune_high = 1000,
                            .scale = RAVINE_LOG,
                            .unit = "products"})};

  explicit BlockCoordinateDescent(const ravine::sdk::Start& start)
      : tolerance_(start.setting("inner_tolerance")),
        iterations_(start.count_setting("inner_iterations")),
        host_(&start.host()),
        here_(start.n()),
        line_(start.n()),
        g_(start.n()),
        d_(start.n()),
        p_(start.n()),
        hp_(start.n()) {
    if ((start.task().offers & RAVINE_HESSIAN_VECTORS) == 0)
      throw ravine::sdk::Refused("needs Hessian-vector products, which the task does not offer",
                                 RAVINE_NOT_SUPPORTED);
    using Groups = ravine::sdk::Groups;
    const std::size_t size = start.count_setting("block_size");
    for (const auto& block :
         size == 0 ? Groups::blocks_of(start.task()) : Groups::slices(start.n(), size))
      blocks_.add({block});
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    const std::size_t block = turns_.take(blocks_.count());
    auto status = solve(f, x, block);
    if (status == RAVINE_OK) status = line_.search(f, x, here_.f, here_.g, d_, 1);
    if (status == RAVINE_OK) {
      turns_.idle = 0;
      here_.keep(f, x);
    }
    if (status != RAVINE_NO_PROGRESS) return status;
    if (++turns_.idle < blocks_.count()) return RAVINE_OK;  // perhaps another block can go on
    return ravine::sdk::no_progress(*host_, "no step within any block lowers f");
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
  // d = -H_bb^-1 g_b, 0 outside of the block; -g_b where the curvature along it is not positive,
  // and what was reached where a later one is not (Nocedal and Wright 2006, Algorithm 7.1).
  std::int32_t solve(const ravine::sdk::Function& f, std::span<const double> x, std::size_t block) {
    blocks_.restrict_to(block, here_.g, g_);  // from here on the residual H_bb d_b + g_b
    double rr = ravine::sdk::dot(g_, g_);
    const double enough = tolerance_ * tolerance_ * rr;
    for (std::size_t i = 0; i < x.size(); ++i) {
      d_[i] = 0;
      p_[i] = -g_[i];
    }
    for (std::size_t k = 0; k < iterations_ && rr > enough; ++k) {
      if (const auto status = f.hessian_vector(x, p_, hp_); status != RAVINE_OK) return status;
      blocks_.restrict_to(block, hp_, hp_);
      const double curvature = ravine::sdk::dot(p_, hp_);
      if (!(curvature > 0)) {
        if (k == 0) d_ = p_;
        return RAVINE_OK;
      }
      const double alpha = rr / curvature;
      for (std::size_t i = 0; i < x.size(); ++i) {
        d_[i] += alpha * p_[i];
        g_[i] += alpha * hp_[i];
      }
      const double before = rr;
      rr = ravine::sdk::dot(g_, g_);
      for (std::size_t i = 0; i < x.size(); ++i) p_[i] = rr / before * p_[i] - g_[i];
    }
    return RAVINE_OK;
  }

  double tolerance_;
  std::size_t iterations_;
  const ravine_host* host_;
  ravine::sdk::Groups blocks_;  // one range each
  ravine::sdk::KnownPoint here_;
  ravine::sdk::Turns turns_;
  ravine::sdk::StrongWolfe line_;
  ravine::sdk::Vector g_, d_, p_, hp_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("block_coordinate_descent", "1.0", BlockCoordinateDescent)
