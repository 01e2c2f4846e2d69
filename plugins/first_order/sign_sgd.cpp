// Sign descent, x <- x - alpha sign(g) with sign(0) = 0, and with beta > 0 Signum: the sign of the
// average m <- beta m + (1 - beta) g (Bernstein et al. 2018, Algorithms 1 and 2).
// State: n doubles (none for beta = 0). Traffic: 3n doubles a step, 5n for Signum.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/momentum.hpp"
#include "ravine/sdk/sign.hpp"

namespace {

class SignSgd {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "sign_sgd",
      .name = "SignSGD",
      .author = "Ravine",
      .summary = "x <- x - alpha sign(g); with momentum, Signum",
      .paper =
          "J. Bernstein, Y.-X. Wang, K. Azizzadenesheli, A. Anandkumar, signSGD: compressed "
          "optimisation for non-convex problems, ICML (2018)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate(
          {.value = 1e-3,
           .tune_low = 1e-5,
           .tune_high = 1,
           .meaning =
               "learning rate: how far each coordinate moves at every step; constant, it "
               "ends in a cycle of that size about the minimum: use a schedule to converge"}),
      ravine::sdk::momentum(
          {.value = 0, .meaning = "how much of the average gradient a step keeps; 0: SignSGD"})};

  explicit SignSgd(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta_(start.setting("beta")),
        m_(beta_ == 0 ? 0 : start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    const double alpha = alpha_ * step.multiplier;
    if (beta_ == 0) {
      for (std::size_t i = 0; i < x.size(); ++i) x[i] -= alpha * ravine::sdk::sign(g_[i]);
      return RAVINE_OK;
    }
    const double beta = beta_;
    for (std::size_t i = 0; i < x.size(); ++i) {
      m_[i] = beta * m_[i] + (1 - beta) * g_[i];
      x[i] -= alpha * ravine::sdk::sign(m_[i]);
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(m_);
  }

 private:
  double alpha_, beta_;
  ravine::sdk::Vector m_;  // average gradient, 0 at the start
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("sign_sgd", "1.0", SignSgd)
