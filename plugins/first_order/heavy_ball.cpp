// The heavy ball: gradient descent with momentum (Polyak 1964), with the learning rate outside the
// velocity as in Sutskever et al. 2013, so that a schedule acts at once.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"

namespace {

class HeavyBall {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "heavy_ball",
      .name = "Heavy ball",
      .author = "Ravine",
      .summary = "v <- beta v - g; x <- x + alpha v",
      .paper =
          "B. T. Polyak, Some methods of speeding up the convergence of iteration methods, USSR "
          "Comput. Math. Math. Phys. 4(5) (1964); I. Sutskever, J. Martens, G. Dahl, G. Hinton, On "
          "the importance of initialization and momentum in deep learning, ICML (2013)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-5, .tune_high = 10}),
      ravine::sdk::real({.name = "beta",
                         .meaning = "momentum: the share of the velocity that a step keeps",
                         .value = 0.9,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 0.7,
                         .tune_high = 0.995,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_ONE_MINUS_LOG})};

  explicit HeavyBall(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta_(start.setting("beta")),
        v_(start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    const double alpha = alpha_ * step.multiplier;
    for (std::size_t i = 0; i < x.size(); ++i) {
      v_[i] = beta_ * v_[i] - g_[i];
      x[i] += alpha * v_[i];
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(v_);
  }

 private:
  double alpha_, beta_;
  ravine::sdk::Vector v_;  // velocity, 0 at the start
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("heavy_ball", "1.0", HeavyBall)
