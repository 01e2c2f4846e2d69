// The heavy ball: gradient descent with momentum (Polyak 1964) in the forms that go by the name.
// All are v <- keep v + take g; x <- x - rate v from v = 0, t = 1, 2, ...; keep, take and rate are
// - heavy_ball: beta, 1, alpha. The rate stands outside of v: a schedule acts at once
// - velocity_rate: beta, alpha, 1. The rate stands inside of v: old steps keep theirs
// - ema: beta, 1 - beta, alpha. v averages g; the first steps are too short
// - ema_corrected: beta, 1 - beta, alpha / (1 - beta^t). Corrected for the start at 0
// - torch_dampened: as ema, but v = g at t = 1, as torch.optim.SGD(dampening=beta)
// - frictionless: 1, 1, alpha. Nothing is lost: it never converges
// The sign of v is that of the gradient; v <- beta v - g; x <- x + alpha v gives the same bits.
// State: n doubles. Traffic: 5n doubles a step.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"
#include "ravine/sdk/momentum.hpp"
#include "ravine/sdk/momentum_ramp.hpp"
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
      ravine::sdk::momentum(
          {.meaning = "momentum: the share of the velocity that a step keeps; form = frictionless "
                      "keeps all of it, whatever beta is",
           .condition = "form != frictionless"}),
      ravine::sdk::weight_decay(),
      ravine::sdk::choice("form",
                          "v sums gradients with the rate outside or inside of it, or averages "
                          "them as they are, corrected for the start, or from the first gradient "
                          "on; or loses nothing (beta = 1)",
                          kForms, kHeavyBall),
      ravine::sdk::MomentumRamp::on("form = heavy_ball, velocity_rate, ema or torch_dampened"),
      ravine::sdk::MomentumRamp::last()};

  explicit HeavyBall(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta_(start.setting("beta")),
        form_(static_cast<Form>(start.count_setting("form"))),
        ramp_(start),
        decay_(start),
        v_(start.n()),
        g_(start.n()) {
    if (ramp_.on() && form_ == kEmaCorrected)
      throw ravine::sdk::Refused("ramp = 1 needs another form: 1 - beta^t is for a constant beta");
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    ++t_;
    const Weights w = weights(alpha_ * step.multiplier, step.iteration);
    double* const v = v_.data();
    decay_.coupled(g_, x, [=](std::size_t i, double g) {
      v[i] = w.keep * v[i] + w.take * g;
      x[i] -= w.rate * v[i];
    });
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
  [[nodiscard]] Weights weights(double alpha, std::uint64_t iteration) const {
    const double beta = ramp_.momentum(beta_, t_, iteration);
    switch (form_) {
      case kHeavyBall:
        break;
      case kVelocityRate:
        return {beta, alpha, 1};
      case kEma:
        return {beta, 1 - beta, alpha};
      case kEmaCorrected:
        return {beta, 1 - beta, alpha / ravine::sdk::one_minus_power(beta, t_)};
      case kTorchDampened:
        return {beta, t_ == 1 ? 1 : 1 - beta, alpha};
      case kFrictionless:
        return {1, 1, alpha};
    }
    return {beta, 1, alpha};
  }

  double alpha_, beta_;
  Form form_;
  ravine::sdk::MomentumRamp ramp_;
  ravine::sdk::WeightDecay decay_;
  ravine::sdk::Vector v_;  // velocity, 0 at the start
  std::uint64_t t_ = 0;    // steps done
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("heavy_ball", "1.0", HeavyBall)
