// SGD with momentum and decoupled weight decay (Loshchilov and Hutter 2019, Algorithm 1), the rate
// inside the momentum: m <- beta m + eta alpha g; x <- x - m - eta w x, where eta is the schedule's
// multiplier; the decay before the step, with it or after it, as decay_order says. w is alpha
// lambda by default, as in torch's and optax's decoupled methods, or the paper's lambda:
// lambda_paper = alpha lambda_torch is the same method. Not the L2 term that other optimizers call
// weight decay. State: n doubles. Traffic: 5n doubles a step.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/momentum.hpp"
#include "ravine/sdk/weight_decay.hpp"

namespace {

class Sgdw {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "sgdw",
      .name = "SGDW",
      .author = "Ravine",
      .summary = "m <- beta m + eta alpha g; x <- x - m - eta w x, w = alpha lambda (or lambda)",
      .paper = "I. Loshchilov, F. Hutter, Decoupled weight decay regularization, ICLR (2019)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-5, .tune_high = 10}),
      ravine::sdk::momentum(),
      ravine::sdk::weight_decay({.value = 1e-2,
                                 .meaning = "lambda: the share of x that a step takes away, times "
                                            "what decay_form says",
                                 .tune_low = 1e-5,
                                 .tune_high = 1}),
      ravine::sdk::decay_form(), ravine::sdk::decay_order()};

  explicit Sgdw(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta_(start.setting("beta")),
        decay_(start),
        m_(start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    const double alpha = alpha_ * step.multiplier;
    const double beta = beta_;
    double* const m = m_.data();
    const double* const g = g_.data();
    decay_.apply(x, decay_.rate(alpha_, step.multiplier),
                 [=](std::size_t i) { return m[i] = beta * m[i] + alpha * g[i]; });
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(m_);
  }

 private:
  double alpha_, beta_;
  ravine::sdk::DecoupledDecay decay_;
  ravine::sdk::Vector m_;  // momentum, 0 at the start
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("sgdw", "1.0", Sgdw)
