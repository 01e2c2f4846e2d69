// The heavy ball: gradient descent with momentum (Polyak 1964) in the forms that go by the name.
// All are v <- keep v + take g; x <- x - rate v from v = 0, t = 1, 2, ...:
//   form            keep   take      rate
//   heavy_ball      beta   1         alpha                  rate outside v: a schedule acts at once
//   velocity_rate   beta   alpha     1                      rate inside v: old steps keep their
//   rate ema             beta   1 - beta  alpha                  v averages g; first steps too
//   short ema_corrected   beta   1 - beta  alpha / (1 - beta^t)   corrected for the start at 0
//   torch_dampened  beta   1 - beta  alpha                  but v = g at t = 1, as
//                                                           torch.optim.SGD(dampening=beta)
//   frictionless    1      1         alpha                  nothing is lost: it never converges
// The sign of v is that of the gradient; v <- beta v - g; x <- x + alpha v gives the same bits.
// State: n doubles. Traffic: 5n doubles a step, 3n more with weight decay.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"
#include "ravine/sdk/momentum.hpp"
#include "ravine/sdk/weight_decay.hpp"

namespace {

class HeavyBall {
  static constexpr const char* kForms[] = {"heavy_ball",    "velocity_rate",  "ema",
                                           "ema_corrected", "torch_dampened", "frictionless"};
  enum Form : std::uint8_t {
    kHeavyBall,
    kVelocityRate,
    kEma,
    kEmaCorrected,
    kTorchDampened,
    kFrictionless
  };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "heavy_ball",
      .name = "Heavy ball",
      .author = "Ravine",
      .summary = "v <- beta v + g; x <- x - alpha v, and its averaging forms",
      .paper =
          "B. T. Polyak, Some methods of speeding up the convergence of iteration methods, USSR "
          "Comput. Math. Math. Phys. 4(5) (1964); I. Sutskever, J. Martens, G. Dahl, G. Hinton, On "
          "the importance of initialization and momentum in deep learning, ICML (2013)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-5, .tune_high = 10}),
      ravine::sdk::momentum({.condition = "form != frictionless"}), ravine::sdk::weight_decay(),
      ravine::sdk::choice("form",
                          "v sums gradients with the rate outside or inside of it, or averages "
                          "them as they are, corrected for the start, or from the first gradient "
                          "on; or loses nothing (beta = 1)",
                          kForms, kHeavyBall)};

  explicit HeavyBall(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta_(start.setting("beta")),
        form_(static_cast<Form>(start.count_setting("form"))),
        decay_(start),
        v_(start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    decay_.add_to(g_, x);
    ++t_;
    const Weights w = weights(alpha_ * step.multiplier);
    for (std::size_t i = 0; i < x.size(); ++i) {
      v_[i] = w.keep * v_[i] + w.take * g_[i];
      x[i] -= w.rate * v_[i];
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(v_, t_);
  }

 private:
  struct Weights {
    double keep, take, rate;
  };
  [[nodiscard]] Weights weights(double alpha) const {
    switch (form_) {
      case kHeavyBall:
        break;
      case kVelocityRate:
        return {beta_, alpha, 1};
      case kEma:
        return {beta_, 1 - beta_, alpha};
      case kEmaCorrected:
        return {beta_, 1 - beta_, alpha / ravine::sdk::one_minus_power(beta_, t_)};
      case kTorchDampened:
        return {beta_, t_ == 1 ? 1 : 1 - beta_, alpha};
      case kFrictionless:
        return {1, 1, alpha};
    }
    return {beta_, 1, alpha};
  }

  double alpha_, beta_;
  Form form_;
  ravine::sdk::WeightDecay decay_;
  ravine::sdk::Vector v_;  // velocity, 0 at the start
  std::uint64_t t_ = 0;    // steps done
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("heavy_ball", "1.0", HeavyBall)
