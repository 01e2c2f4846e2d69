// SVRG (Johnson and Zhang 2013, Figure 1, option I): every m steps x becomes the snapshot x~, with
// its full gradient mu; a step on the batch B corrects the gradient by what the snapshot tells of
// the batch's error,
//   v = g_B(x) - g_B(x~) + mu,  x <- x - alpha v,
// whose variance vanishes where x and x~ both approach the minimizer: a constant alpha converges
// linearly on a strongly convex sum. At the snapshot itself v = mu, and the batch is not asked.
// With the full objective in every step it is gradient descent, up to rounding.
// State: 2 n doubles. Traffic: 5 n doubles a step beside two batch gradients.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"

namespace {

class Svrg {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "svrg",
      .name = "SVRG",
      .author = "Ravine",
      .summary = "x <- x - alpha (g_B(x) - g_B(x~) + g(x~)), with a snapshot x~ every m steps",
      .paper =
          "R. Johnson, T. Zhang, Accelerating stochastic gradient descent using predictive "
          "variance reduction, NIPS (2013)",
      .needs = RAVINE_GRADIENT | RAVINE_BATCHES | RAVINE_FULL_OBJECTIVE};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-5, .tune_high = 10}),
      ravine::sdk::integer({.name = "m",
                            .meaning = "steps from one snapshot to the next; 0: those of a pass "
                                       "over the data",
                            .value = 0,
                            .minimum = 0,
                            .maximum = 1e12,
                            .tune_low = 0,
                            .tune_high = 1e5,
                            .unit = "steps"})};

  explicit Svrg(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        m_(static_cast<std::uint64_t>(start.setting("m"))),
        snapshot_(start.n()),
        mu_(start.n()),
        g_(start.n()),
        g_snapshot_(start.n()) {
    const std::uint64_t batch = start.task().batch_size;
    if (m_ == 0 && batch > 0) m_ = (start.task().sample_count + batch - 1) / batch;
    m_ = std::max<std::uint64_t>(m_, 1);  // a step with the full objective is a pass
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    const double alpha = alpha_ * step.multiplier;
    if (t_ % m_ == 0) {
      const ravine::sdk::Function full(f.oracle(), RAVINE_FULL);
      if (const auto status = full.gradient(x, mu_); status != RAVINE_OK) return status;
      std::copy(x.begin(), x.end(), snapshot_.begin());
      for (std::size_t i = 0; i < x.size(); ++i) x[i] -= alpha * mu_[i];
    } else {
      if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
      if (const auto status = f.gradient(snapshot_, g_snapshot_); status != RAVINE_OK)
        return status;
      for (std::size_t i = 0; i < x.size(); ++i) x[i] -= alpha * (g_[i] - g_snapshot_[i] + mu_[i]);
    }
    ++t_;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(snapshot_, mu_, t_);
  }

 private:
  double alpha_;
  std::uint64_t m_;
  ravine::sdk::Vector snapshot_, mu_;   // x~ and the full gradient there
  std::uint64_t t_ = 0;                 // steps done
  ravine::sdk::Vector g_, g_snapshot_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("svrg", "1.0", Svrg)
