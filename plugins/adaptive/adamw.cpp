// AdamW (Loshchilov and Hutter 2019, Algorithm 2): Adam with decoupled weight decay,
// x <- x - eta (alpha m^ / (sqrt(v^) + epsilon) + w x), where eta is the schedule's multiplier. w
// is alpha lambda by default, as in torch and optax, or the paper's lambda: lambda_torch =
// lambda_paper / alpha is the same method. The decay comes before the step as in torch, which the
// paper's simultaneous one equals, for g is taken before both; or after it, as in SOAP. State: 2n
// doubles. Traffic: 7n doubles a step.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

class AdamW {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "adamw",
      .name = "AdamW",
      .author = "Ravine",
      .summary =
          "x <- x - eta (alpha m^ / (sqrt(v^) + epsilon) + w x), w = alpha lambda (or lambda)",
      .paper = "I. Loshchilov, F. Hutter, Decoupled weight decay regularization, ICLR (2019)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-3, .tune_low = 1e-5, .tune_high = 1}),
      ravine::sdk::beta1(),
      ravine::sdk::beta2(),
      ravine::sdk::epsilon(1e-8, "added to the root of the second moment"),
      ravine::sdk::weight_decay({.value = 1e-2,
                                 .meaning = "lambda: the share of x that a step takes away, times "
                                            "what decay_form says",
                                 .tune_low = 5e-3,
                                 .tune_high = 1}),
      ravine::sdk::decay_form(),
      ravine::sdk::decay_order()};

  explicit AdamW(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        epsilon_(start.setting("epsilon")),
        decay_(start),
        moments_(start),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    moments_.begin_step();
    const double rate = alpha_ * step.multiplier;
    moments_.apply_decoupled(g_, x, decay_.parts(), decay_.rate(alpha_, step.multiplier),
                             moments_.adam(rate, epsilon_), decay_.order());
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    moments_.state(archive);
  }

 private:
  double alpha_, epsilon_;
  ravine::sdk::DecoupledDecay decay_;
  ravine::sdk::Moments moments_;
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("adamw", "1.0", AdamW)
