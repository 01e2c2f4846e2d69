// RMSProp (Tieleman and Hinton 2012): r <- beta r + (1 - beta) g^2; x <- x - alpha g / (sqrt(r) +
// epsilon). Without correction the first step is alpha / sqrt(1 - beta): 10 alpha at 0.99. At a
// constant rate it does not converge: on x^2 / 2 it ends in a 2-cycle of amplitude alpha / 2 -
// epsilon. Variants: epsilon inside the root (optax), centered (Graves 2013; a variance that
// rounds below 0 counts as 0), momentum on the normalized gradient (torch), correction of the
// average's start at 0 (optax), and the average of the running sum of squares, which a lecture
// prints and whose steps go to 0 as AdaGrad's. State: n doubles, n more for each of centered,
// momentum and the running sum. Traffic: 5n doubles a step, and 2n more for each of them.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/hoist.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

class RmsProp {
  static constexpr const char* kAverages[] = {"squares", "running_sum"};
  enum Average : std::uint8_t { kSquares, kRunningSum };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "rmsprop",
      .name = "RMSProp",
      .author = "Ravine",
      .summary = "r <- beta r + (1 - beta) g^2; x <- x - alpha g / (sqrt(r) + epsilon)",
      .paper =
          "T. Tieleman, G. Hinton, Lecture 6.5 - RMSProp, COURSERA: Neural networks for machine "
          "learning (2012); A. Graves, Generating sequences with recurrent neural networks, "
          "arXiv:1308.0850 (2013)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-5, .tune_high = 1e-1}),
      ravine::sdk::momentum({.value = 0.99,
                             .tune_low = 0.7,
                             .tune_high = 0.999,
                             .meaning = "how much of the average a step keeps"}),
      ravine::sdk::epsilon(1e-8, "added to the average or its root", true),
      ravine::sdk::epsilon_form(),
      ravine::sdk::choice("average_of",
                          "squares of gradients, or the running sum of them, the lecture's "
                          "literal first form",
                          kAverages, kSquares),
      ravine::sdk::boolean("centered", "subtract the square of the average gradient", false),
      ravine::sdk::boolean("bias_correction", "divide averages by 1 - beta^t", false),
      ravine::sdk::momentum({.value = 0,
                             .name = "momentum",
                             .meaning = "the share of the normalized velocity that a step keeps"})};

  explicit RmsProp(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta_(start.setting("beta")),
        epsilon_(start.setting("epsilon")),
        momentum_(start.setting("momentum")),
        inside_(start.count_setting("epsilon_form") == ravine::sdk::kInside),
        summed_(start.count_setting("average_of") == kRunningSum),
        centered_(start.flag("centered")),
        corrected_(start.flag("bias_correction")),
        r_(start.n()),
        sum_(summed_ ? start.n() : 0),
        mean_(centered_ ? start.n() : 0),
        velocity_(momentum_ > 0 ? start.n() : 0),
        g_(start.n()) {
    if (centered_ && summed_)
      throw ravine::sdk::Refused("centered = 1 needs average_of = squares: a sum has no variance");
    if (centered_ && corrected_)
      throw ravine::sdk::Refused(
          "centered = 1 needs bias_correction = 0: the corrected variance of one gradient is 0, "
          "and the first step g / epsilon");
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    ++t_;
    const double alpha = alpha_ * step.multiplier;
    const double correction = corrected_ ? ravine::sdk::one_minus_power(beta_, t_) : 1;
    ravine::sdk::hoist([&](auto... variant) { pass(alpha, correction, x, variant...); }, inside_,
                       summed_, centered_, momentum_ > 0);
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(r_, sum_, mean_, velocity_, t_);
  }

 private:
  void pass(double alpha, double correction, std::span<double> x, auto inside, auto summed,
            auto centered, auto moving) {
    const double beta = beta_, epsilon = epsilon_, momentum = momentum_;
    const double scale = inside ? 1 / correction : 1 / std::sqrt(correction);
    for (std::size_t i = 0; i < x.size(); ++i) {
      double square = g_[i] * g_[i];
      if constexpr (summed) square = sum_[i] += square;
      r_[i] = beta * r_[i] + (1 - beta) * square;
      double root = 0;
      if constexpr (centered) {
        mean_[i] = beta * mean_[i] + (1 - beta) * g_[i];
        const double variance = r_[i] - mean_[i] * mean_[i];
        root = ravine::sdk::root<inside>(variance < 0 ? 0 : variance, epsilon);
      } else if constexpr (inside) {
        root = ravine::sdk::root<true>(r_[i] * scale, epsilon);
      } else {
        root = std::sqrt(r_[i]) * scale + epsilon;
      }
      double d = ravine::sdk::quotient(g_[i], root);
      if constexpr (moving) d = velocity_[i] = momentum * velocity_[i] + d;
      x[i] -= alpha * d;
    }
  }

  double alpha_, beta_, epsilon_, momentum_;
  bool inside_, summed_, centered_, corrected_;
  ravine::sdk::Vector r_, sum_, mean_, velocity_;  // 0 at the start
  std::uint64_t t_ = 0;                            // steps done
  ravine::sdk::Vector g_;                          // scratch
};

}  // namespace

RAVINE_PLUGIN("rmsprop", "1.0", RmsProp)
