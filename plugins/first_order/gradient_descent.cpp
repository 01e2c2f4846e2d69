// Gradient descent with a constant rate: x <- x - alpha g (Cauchy 1847). With mini-batches it is
// stochastic gradient descent (Robbins and Monro 1951).
// State: none. Traffic: 3n doubles a step.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/weight_decay.hpp"

namespace {

class GradientDescent {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "gradient_descent",
      .name = "Gradient descent",
      .author = "Ravine",
      .summary = "x <- x - alpha g; with mini-batches, stochastic gradient descent",
      .paper =
          "A. Cauchy, Methode generale pour la resolution des systemes d'equations "
          "simultanees, C. R. Acad. Sci. Paris 25 (1847)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-5, .tune_high = 10}),
      ravine::sdk::weight_decay()};

  explicit GradientDescent(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")), decay_(start), g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    const double alpha = alpha_ * step.multiplier;
    decay_.coupled(g_, x, [=](std::size_t i, double g) { x[i] -= alpha * g; });
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive&) {}  // x is all there is

 private:
  double alpha_;
  ravine::sdk::WeightDecay decay_;
  ravine::sdk::Vector g_;  // scratch, n doubles
};

}  // namespace

RAVINE_PLUGIN("gradient_descent", "1.0", GradientDescent)
