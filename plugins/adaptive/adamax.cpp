// AdaMax (Kingma and Ba 2015, Algorithm 2): Adam with the decaying maximum of |g| in place of the
// root of the second moment, u <- max(beta2 u, |g| + epsilon). The paper has no epsilon; torch and
// optax have, and with 0 it is the paper's method with 0 / 0 := 0. State: 2n doubles. Traffic: 7n
// doubles a step.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

class AdaMax {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "adamax",
      .name = "AdaMax",
      .author = "Ravine",
      .summary = "u <- max(beta2 u, |g| + epsilon); x <- x - alpha m^ / u",
      .paper = "D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR (2015)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 2e-3, .tune_low = 1e-5, .tune_high = 1}),
      ravine::sdk::beta1(),
      ravine::sdk::momentum({.value = 0.999,
                             .tune_low = 0.9,
                             .tune_high = 0.9999,
                             .name = "beta2",
                             .meaning = "how much of the largest |g| a step keeps"}),
      ravine::sdk::epsilon(1e-8, "added to |g|", true)};

  explicit AdaMax(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta1_(start.setting("beta1")),
        beta2_(start.setting("beta2")),
        epsilon_(start.setting("epsilon")),
        m_(start.n()),
        u_(start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    ++t_;
    const double alpha = alpha_ * step.multiplier / ravine::sdk::one_minus_power(beta1_, t_);
    const double beta1 = beta1_, beta2 = beta2_, epsilon = epsilon_;
    for (std::size_t i = 0; i < x.size(); ++i) {
      m_[i] = beta1 * m_[i] + (1 - beta1) * g_[i];
      u_[i] = std::max(beta2 * u_[i], std::fabs(g_[i]) + epsilon);
      x[i] -= alpha * ravine::sdk::quotient(m_[i], u_[i]);
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(m_, u_, t_);
  }

 private:
  double alpha_, beta1_, beta2_, epsilon_;
  ravine::sdk::Vector m_, u_;  // average of g and decaying maximum of |g|, 0 at the start
  std::uint64_t t_ = 0;        // steps done
  ravine::sdk::Vector g_;      // scratch
};

}  // namespace

RAVINE_PLUGIN("adamax", "1.0", AdaMax)
