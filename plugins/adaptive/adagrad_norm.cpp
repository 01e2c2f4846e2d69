// AdaGrad-norm (Ward, Wu and Bottou 2019): one rate for all coordinates, b^2 <- b^2 + |g|^2;
// x <- x - eta g / sqrt(epsilon + b^2). Converges without knowing the Lipschitz constant. Where
// epsilon and b are 0, 0 / 0 := 0. A gradient beyond |g| = 1e154, whose square is infinite, makes
// it stand still from then on. State: one double. Traffic: 5n doubles a step, in two passes.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

class AdaGradNorm {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "adagrad_norm",
      .name = "AdaGrad-norm",
      .author = "Ravine",
      .summary = "b^2 <- b^2 + |g|^2; x <- x - eta g / sqrt(epsilon + b^2)",
      .paper =
          "R. Ward, X. Wu, L. Bottou, AdaGrad stepsizes: sharp convergence over nonconvex "
          "landscapes, ICML (2019)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1, .tune_low = 1e-2, .tune_high = 100}),
      ravine::sdk::epsilon(1e-10, "added to b^2, under the root", true),
      ravine::sdk::initial_accumulator()};

  explicit AdaGradNorm(const ravine::sdk::Start& start)
      : eta_(start.setting("learning_rate")),
        epsilon_(start.setting("epsilon")),
        b2_(start.setting("initial_accumulator")),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    b2_ += ravine::sdk::dot(g_, g_);
    const double rate = ravine::sdk::quotient(eta_ * step.multiplier, std::sqrt(epsilon_ + b2_));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= rate * g_[i];
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(b2_);
  }

 private:
  double eta_, epsilon_;
  double b2_;              // sum of |g|^2
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("adagrad_norm", "1.0", AdaGradNorm)
