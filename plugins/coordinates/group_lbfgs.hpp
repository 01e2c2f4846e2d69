// f minimized over a group of variables by L-BFGS (Liu and Nocedal 1989) with a strong Wolfe
// search. Its memory ends with the turn, as the other groups' turns change the curvature.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/groups.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/strong_wolfe.hpp"
#include "ravine/sdk/quasi_newton/limited_memory.hpp"

namespace ravine::coordinates {

class GroupLbfgs {
 public:
  GroupLbfgs(std::size_t n, std::size_t m, double tolerance, std::size_t iterations)
      : tolerance_(tolerance), iterations_(iterations), memory_(n, m), line_(n), g_(n), d_(n) {}

  /// Until the group's gradient is at most `tolerance` times what it was. here is known, and is the
  /// new x's afterwards. RAVINE_OK, RAVINE_NO_PROGRESS where a search has failed, or a status of
  /// the oracle; `moved` is set where x has moved.
  [[nodiscard]] std::int32_t minimize(const sdk::Function& f, std::span<double> x,
                                      sdk::KnownPoint& here, const sdk::Groups& groups,
                                      std::size_t group, bool& moved) {
    memory_.clear();
    groups.restrict_to(group, here.g, g_);
    const double enough = tolerance_ * sdk::norm(g_);
    for (std::size_t k = 0; k < iterations_ && sdk::norm(g_) > enough; ++k) {
      memory_.leave(x, g_);
      if (const auto status = move(f, x, here); status != RAVINE_OK) return status;
      moved = true;
      here.keep(f, x);
      groups.restrict_to(group, here.g, g_);
      memory_.arrive(x, g_);
    }
    return RAVINE_OK;
  }

 private:
  // Along -H g, or -g where there are no pairs or they mislead.
  std::int32_t move(const sdk::Function& f, std::span<double> x, sdk::KnownPoint& here) {
    if (!memory_.empty()) {
      for (std::size_t i = 0; i < x.size(); ++i) d_[i] = -g_[i];
      memory_.apply(d_);
      const auto status = line_.search(f, x, here.f, here.g, d_, 1);
      if (status != RAVINE_NO_PROGRESS) return status;
      memory_.clear();
    }
    for (std::size_t i = 0; i < x.size(); ++i) d_[i] = -g_[i];
    return line_.search(f, x, here.f, here.g, d_, std::min(1.0, 1 / sdk::norm(g_)));
  }

  double tolerance_;
  std::size_t iterations_;
  sdk::LimitedMemory memory_;
  sdk::StrongWolfe line_;
  sdk::Vector g_, d_;
};

}  // namespace ravine::coordinates
