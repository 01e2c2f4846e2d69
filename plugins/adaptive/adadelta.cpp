// Adadelta (Zeiler 2012, Algorithm 1): E <- rho E + (1 - rho) g^2; delta = sqrt((D + epsilon) /
// (E + epsilon)) g; D <- rho D + (1 - rho) delta^2; x <- x - rate delta. The paper has no rate, so
// 1. Steps have the units of x. epsilon sets the start, a first step of sqrt(epsilon / (1 - rho)),
// so it cannot be 0: nothing would ever move. State: 2n doubles. Traffic: 7n doubles a step.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

class AdaDelta {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "adadelta",
      .name = "Adadelta",
      .author = "Ravine",
      .summary =
          "x <- x - rate sqrt((D + epsilon) / (E + epsilon)) g, with averages E of g^2 and "
          "D of the steps' squares",
      .paper = "M. D. Zeiler, ADADELTA: an adaptive learning rate method, arXiv:1212.5701 (2012)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1, .tune_low = 0.1, .tune_high = 10}),
      ravine::sdk::momentum({.value = 0.9,
                             .tune_low = 0.7,
                             .tune_high = 0.99,
                             .name = "rho",
                             .meaning = "how much of both averages a step keeps"}),
      ravine::sdk::real({.name = "epsilon",
                         .meaning = "added to both averages; sets the size of the first steps",
                         .value = 1e-6,
                         .minimum = 0,
                         .tune_low = 1e-8,
                         .tune_high = 1e-3,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG})};

  explicit AdaDelta(const ravine::sdk::Start& start)
      : rate_(start.setting("learning_rate")),
        rho_(start.setting("rho")),
        epsilon_(start.setting("epsilon")),
        e_(start.n()),
        d_(start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    const double rate = rate_ * step.multiplier, rho = rho_, epsilon = epsilon_;
    for (std::size_t i = 0; i < x.size(); ++i) {
      e_[i] = rho * e_[i] + (1 - rho) * (g_[i] * g_[i]);
      const double delta = std::sqrt((d_[i] + epsilon) / (e_[i] + epsilon)) * g_[i];
      d_[i] = rho * d_[i] + (1 - rho) * (delta * delta);
      x[i] -= rate * delta;
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(e_, d_);
  }

 private:
  double rate_, rho_, epsilon_;
  ravine::sdk::Vector e_, d_;  // averages of g^2 and of the steps' squares, 0 at the start
  ravine::sdk::Vector g_;      // scratch
};

}  // namespace

RAVINE_PLUGIN("adadelta", "1.0", AdaDelta)
