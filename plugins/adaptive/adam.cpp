// Adam (Kingma and Ba 2015, Algorithm 1): epsilon outside the root, both moments corrected for
// their start at 0.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"

namespace {

class Adam {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "adam",
      .name = "Adam",
      .author = "Ravine",
      .summary = "x <- x - alpha m^ / (sqrt(v^) + epsilon)",
      .paper = "D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR (2015)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-3, .tune_low = 1e-5, .tune_high = 1}),
      ravine::sdk::real({.name = "beta1",
                         .meaning = "how much of the first moment a step keeps",
                         .value = 0.9,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 0.5,
                         .tune_high = 0.98,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_ONE_MINUS_LOG}),
      ravine::sdk::real({.name = "beta2",
                         .meaning = "how much of the second moment a step keeps",
                         .value = 0.999,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 0.9,
                         .tune_high = 0.9999,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_ONE_MINUS_LOG}),
      ravine::sdk::real({.name = "epsilon",
                         .meaning = "added to the root of the second moment",
                         .value = 1e-8,
                         .minimum = 0,
                         .tune_low = 1e-10,
                         .tune_high = 1e-3,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,  // 0 / 0 where g is 0
                         .scale = RAVINE_LOG})};

  explicit Adam(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta1_(start.setting("beta1")),
        beta2_(start.setting("beta2")),
        epsilon_(start.setting("epsilon")),
        m_(start.n()),
        v_(start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    ++t_;
    const double alpha = alpha_ * step.multiplier;
    const double correction1 = one_minus_power(beta1_);
    const double correction2 = one_minus_power(beta2_);
    for (std::size_t i = 0; i < x.size(); ++i) {
      m_[i] = beta1_ * m_[i] + (1 - beta1_) * g_[i];
      v_[i] = beta2_ * v_[i] + (1 - beta2_) * (g_[i] * g_[i]);
      const double m_hat = m_[i] / correction1;
      const double v_hat = v_[i] / correction2;
      x[i] -= alpha * (m_hat / (std::sqrt(v_hat) + epsilon_));
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(m_, v_, t_);
  }

 private:
  // 1 - beta^t without the cancellation near beta = 1; 1 for beta = 0, whose logarithm is -inf.
  [[nodiscard]] double one_minus_power(double beta) const {
    return -std::expm1(static_cast<double>(t_) * std::log(beta));
  }

  double alpha_, beta1_, beta2_, epsilon_;
  ravine::sdk::Vector m_, v_;  // moments, 0 at the start
  std::uint64_t t_ = 0;        // steps done
  ravine::sdk::Vector g_;      // scratch
};

}  // namespace

RAVINE_PLUGIN("adam", "1.0", Adam)
