// The lectures' "Newton approximation": each coordinate's gradient over its own size,
// x <- x - alpha g / sqrt(g^2 + epsilon). With epsilon -> 0 it is sign descent; RMSProp without
// memory (beta = 0). epsilon stands inside the root: sqrt(epsilon) is the size below which a
// gradient counts as small. Beyond |g| = 1e154, whose square is infinite, it stands still.
// State: none. Traffic: 3n doubles a step.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"

namespace {

class Normalized {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "normalized",
      .name = "Normalized gradient, by coordinate",
      .author = "Ravine",
      .summary = "x <- x - alpha g / sqrt(g^2 + epsilon)",
      .paper =
          "T. Tieleman, G. Hinton, Lecture 6.5: rmsprop, Coursera: neural networks for machine "
          "learning (2012), without the running average"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-3, .tune_low = 1e-5, .tune_high = 1}),
      ravine::sdk::real({.name = "epsilon",
                         .meaning = "added to g^2: below its root a gradient counts as small",
                         .value = 1e-8,
                         .minimum = 0,
                         .tune_low = 1e-16,
                         .tune_high = 1e-2,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,  // 0 / 0 where g is 0
                         .scale = RAVINE_LOG})};

  explicit Normalized(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")), epsilon_(start.setting("epsilon")), g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    const double alpha = alpha_ * step.multiplier;
    const double epsilon = epsilon_;
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] -= alpha * (g_[i] / std::sqrt(g_[i] * g_[i] + epsilon));
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive&) {}  // x is all there is

 private:
  double alpha_, epsilon_;
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("normalized", "1.0", Normalized)
