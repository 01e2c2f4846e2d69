// Newton's direction within a block b of variables: H_bb d_b = -g_b by conjugate gradients (Nocedal
// and Wright 2006, Algorithm 7.1) through Hessian-vector products.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/groups.hpp"

namespace ravine::coordinates {

class BlockNewton {
 public:
  BlockNewton(std::size_t n, double tolerance, std::size_t iterations)
      : tolerance_(tolerance), iterations_(iterations), d_(n), r_(n), p_(n), hp_(n) {}

  /// 0 outside of the block; -g_b where the curvature along it is not positive, and what was
  /// reached where a later one is not.
  [[nodiscard]] std::span<const double> direction() const { return d_; }

  /// For the block of these blocks and the gradient g at x. A status of the oracle.
  [[nodiscard]] std::int32_t solve(const sdk::Function& f, std::span<const double> x,
                                   std::span<const double> g, const sdk::Groups& blocks,
                                   std::size_t block) {
    blocks.restrict_to(block, g, r_);  // the residual H_bb d_b + g_b
    double rr = sdk::dot(r_, r_);
    const double enough = tolerance_ * tolerance_ * rr;
    for (std::size_t i = 0; i < x.size(); ++i) {
      d_[i] = 0;
      p_[i] = -r_[i];
    }
    for (std::size_t k = 0; k < iterations_ && rr > enough; ++k) {
      if (const auto status = f.hessian_vector(x, p_, hp_); status != RAVINE_OK) return status;
      blocks.restrict_to(block, hp_, hp_);
      const double curvature = sdk::dot(p_, hp_);
      if (!(curvature > 0)) {
        if (k == 0) d_ = p_;
        return RAVINE_OK;
      }
      const double alpha = rr / curvature;
      for (std::size_t i = 0; i < x.size(); ++i) {
        d_[i] += alpha * p_[i];
        r_[i] += alpha * hp_[i];
      }
      const double before = rr;
      rr = sdk::dot(r_, r_);
      for (std::size_t i = 0; i < x.size(); ++i) p_[i] = rr / before * p_[i] - r_[i];
    }
    return RAVINE_OK;
  }

 private:
  double tolerance_;
  std::size_t iterations_;
  sdk::Vector d_, r_, p_, hp_;  // of a turn, so not state
};

}  // namespace ravine::coordinates
