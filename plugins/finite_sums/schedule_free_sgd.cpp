// Schedule-free SGD (Defazio et al. 2024, (1) to (3)): the gradient is taken between the iterate z
// of SGD and the weighted average x of the iterates, and x is the answer:
//   y = (1 - beta) z + beta x,  z <- z - gamma g(y),  x <- (1 - c) x + c z,  c = w_t / sum w,
//   w_t = t^r (largest gamma so far)^p, as in the authors' code; a warm-up or another schedule
// scales gamma and with it the weights. beta = 0 is SGD with Polyak's averaging, beta = 1 primal
// averaging; the weights of a stretch where every gamma was 0 are 0, and c with them.
// The host's x is z, and x is the judged point. z enters the average at the start of the next step,
// as the host leaves it: projected onto a convex set it keeps y and x in that set.
// State: n doubles. Traffic: 7 n doubles a step.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"

namespace {

class ScheduleFreeSgd {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "schedule_free_sgd",
      .name = "Schedule-free SGD",
      .author = "Ravine",
      .summary = "SGD judged at a weighted average of its iterates, which its gradients feel too",
      .paper =
          "A. Defazio, X. Yang, H. Mehta, K. Mishchenko, A. Khaled, A. Cutkosky, The road "
          "less scheduled, NeurIPS (2024)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 0.1, .tune_low = 1e-4, .tune_high = 100}),
      ravine::sdk::real({.name = "beta",
                         .meaning = "how far from z towards the average the gradient is taken",
                         .value = 0.9,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 0.5,
                         .tune_high = 0.99}),
      ravine::sdk::real({.name = "r",
                         .meaning = "the t-th iterate weighs t^r: 0 for equal weights",
                         .value = 0,
                         .minimum = 0,
                         .maximum = 100,
                         .tune_low = 0,
                         .tune_high = 2}),
      ravine::sdk::real({.name = "weight_power",
                         .meaning = "an iterate weighs (largest learning rate so far)^p",
                         .value = 2,
                         .minimum = 0,
                         .maximum = 100,
                         .tune_low = 0,
                         .tune_high = 2})};

  explicit ScheduleFreeSgd(const ravine::sdk::Start& start)
      : gamma_(start.setting("learning_rate")),
        beta_(start.setting("beta")),
        r_(start.setting("r")),
        power_(start.setting("weight_power")),
        average_(start.n()),
        y_(start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> z) {
    for (std::size_t i = 0; i < z.size(); ++i) {
      average_[i] = (1 - c_) * average_[i] + c_ * z[i];
      y_[i] = (1 - beta_) * z[i] + beta_ * average_[i];
    }
    if (const auto status = f.gradient(y_, g_); status != RAVINE_OK) return status;
    const double gamma = gamma_ * step.multiplier;
    for (std::size_t i = 0; i < z.size(); ++i) z[i] -= gamma * g_[i];
    c_ = next_share(gamma);
    return RAVINE_OK;
  }

  std::int32_t judged_point(std::span<const double> z, std::span<double> out) const {
    for (std::size_t i = 0; i < z.size(); ++i) out[i] = (1 - c_) * average_[i] + c_ * z[i];
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(average_, c_, weights_, largest_, t_);
  }

 private:
  // c of the t-th step. Weights are kept relative to the newest one, which cannot overflow.
  double next_share(double gamma) {
    ++t_;
    const double before = largest_;
    largest_ = std::max(largest_, gamma);
    if (largest_ == 0 && power_ > 0) return 0;
    const auto t = static_cast<double>(t_);
    const double ratio = largest_ > 0 ? before / largest_ : 1;
    weights_ = 1 + weights_ * std::pow((t - 1) / t, r_) * std::pow(ratio, power_);
    return 1 / weights_;
  }

  double gamma_, beta_, r_, power_;
  ravine::sdk::Vector average_;  // x, without the newest z
  double c_ = 1;                 // the newest z's share; the start is all of the first x
  double weights_ = 0;           // sum w / the newest w
  double largest_ = 0;           // gamma so far
  std::uint64_t t_ = 0;          // steps done
  ravine::sdk::Vector y_, g_;    // scratch
};

}  // namespace

RAVINE_PLUGIN("schedule_free_sgd", "1.0", ScheduleFreeSgd)
