// AdaGrad, diagonal (Duchi, Hazan and Singer 2011): r <- r + g^2; x <- x - alpha g / (sqrt(r) +
// epsilon), or with epsilon inside the root. torch: outside, 1e-10; optax: inside, 1e-7, and an
// accumulator that starts at 0.1, whose first step on g = 1 is 0.953 alpha. epsilon = 0 is the
// lecture's form, with 0 / 0 := 0. State: n doubles. Traffic: 5n doubles a step.
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

class AdaGrad {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "adagrad",
      .name = "AdaGrad",
      .author = "Ravine",
      .summary = "r <- r + g^2; x <- x - alpha g / (sqrt(r) + epsilon)",
      .paper =
          "J. Duchi, E. Hazan, Y. Singer, Adaptive subgradient methods for online learning and "
          "stochastic optimization, J. Mach. Learn. Res. 12 (2011)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-3, .tune_high = 10}),
      ravine::sdk::epsilon(1e-10, "added to the sum of squares or its root", true),
      ravine::sdk::epsilon_form(), ravine::sdk::initial_accumulator()};

  explicit AdaGrad(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        epsilon_(start.setting("epsilon")),
        inside_(start.count_setting("epsilon_form") == ravine::sdk::kInside),
        r_(start.n()),
        g_(start.n()) {
    if (const double r = start.setting("initial_accumulator"); r > 0)
      std::fill(r_.begin(), r_.end(), r);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    const double alpha = alpha_ * step.multiplier, epsilon = epsilon_;
    ravine::sdk::hoist(
        [&](auto inside) {
          for (std::size_t i = 0; i < x.size(); ++i) {
            r_[i] += g_[i] * g_[i];
            const double root = ravine::sdk::root<inside>(r_[i], epsilon);
            x[i] -= alpha * ravine::sdk::quotient(g_[i], root);
          }
        },
        inside_);
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(r_);
  }

 private:
  double alpha_, epsilon_;
  bool inside_;
  ravine::sdk::Vector r_;  // sum of squares
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("adagrad", "1.0", AdaGrad)
