// What nadam and nadamw share (Dozat 2016): Adam's step along c_m m + c_g g, with the coefficients
// of three inequivalent definitions. Their first steps on g = 1 are 1.0565, 1.4737 and 1.9 alpha.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"

namespace ravine::adaptive {

/// Where the second moment's epsilon and the two moments are as in Adam:
/// - torch: momentum that grows, mu_t = beta1 (1 - 0.96^(t psi) / 2), and
///   mu_{t+1} m / (1 - prod mu_{1..t+1}) + (1 - mu_t) g / (1 - prod mu_{1..t});
/// - optax: beta1 m / (1 - beta1^{t+1}) + (1 - beta1) g / (1 - beta1^t);
/// - algoperf: (beta1 m + (1 - beta1) g) / (1 - beta1^t).
class NesterovMoments {
  static constexpr const char* kDefinitions[] = {"torch", "optax", "algoperf"};
  enum Definition : std::uint8_t { kTorch, kOptax, kAlgoPerf };

 public:
  static constexpr ravine_parameter definition(std::size_t value) {
    return sdk::choice("definition",
                       "how the gradient enters the first moment ahead of time: torch with a "
                       "momentum that grows, optax corrected for a step ahead, algoperf corrected "
                       "as in Adam",
                       kDefinitions, value);
  }
  static constexpr ravine_parameter momentum_decay() {
    return sdk::real({.name = "momentum_decay",
                      .meaning = "psi: how fast the momentum grows from beta1 / 2 to beta1",
                      .value = 4e-3,
                      .minimum = 0,
                      .tune_low = 1e-4,
                      .tune_high = 1e-1,
                      .open = RAVINE_OPEN_MAXIMUM,
                      .scale = RAVINE_LOG,
                      .condition = "definition = torch"});
  }

  explicit NesterovMoments(const sdk::Start& start)
      : definition_(static_cast<Definition>(start.count_setting("definition"))),
        psi_(start.setting("momentum_decay")),
        epsilon_(start.setting("epsilon")),
        moments_(start) {}

  /// To be called once a step, before `change`.
  void begin_step() {
    moments_.begin_step();
    const double beta1 = moments_.beta1();
    if (definition_ == kTorch) {
      const double mu = momentum(moments_.t()), ahead = momentum(moments_.t() + 1);
      product_ *= mu;
      of_m_ = ahead / (1 - product_ * ahead);
      of_g_ = (1 - mu) / (1 - product_);
    } else {
      const double correction = moments_.correction1();
      of_g_ = (1 - beta1) / correction;
      of_m_ = beta1 /
              (definition_ == kOptax ? sdk::one_minus_power(beta1, moments_.t() + 1) : correction);
    }
  }
  /// What is subtracted from x_i: for Moments::apply and its likes.
  [[nodiscard]] auto change(double alpha) const {
    const double scale = 1 / std::sqrt(moments_.correction2());
    return [=, m_share = of_m_, g_share = of_g_, epsilon = epsilon_](std::size_t, double g,
                                                                     double m, double v) {
      return alpha * ((m_share * m + g_share * g) / (std::sqrt(v) * scale + epsilon));
    };
  }
  sdk::Moments& moments() { return moments_; }

  template <class Archive>
  void state(Archive& archive) {
    moments_.state(archive);
    archive(product_);
  }

 private:
  [[nodiscard]] double momentum(std::uint64_t t) const {
    return moments_.beta1() * (1 - 0.5 * std::pow(0.96, static_cast<double>(t) * psi_));
  }

  Definition definition_;
  double psi_, epsilon_;
  sdk::Moments moments_;
  double product_ = 1;          // mu_1 ... mu_t of torch's definition
  double of_m_ = 0, of_g_ = 0;  // scratch: coefficients of this step
};

}  // namespace ravine::adaptive
