// AMSGrad (Reddi, Kale and Kumar 2018): Adam with the largest second moment so far, so that no
// step forgets a large gradient. Three inequivalent definitions are in use; the first step on g = 1
// is 1, 1 and (1 - beta1) / sqrt(1 - beta2) = 3.162 times alpha. State: 3n doubles. Traffic: 9n
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

class AmsGrad {
  static constexpr const char* kDefinitions[] = {"torch", "optax", "reddi"};
  enum Definition : std::uint8_t { kTorch, kOptax, kReddi };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "amsgrad",
      .name = "AMSGrad",
      .author = "Ravine",
      .summary = "v_max <- max(v_max, v); x <- x - alpha m^ / (sqrt(v_max) + epsilon)",
      .paper =
          "S. J. Reddi, S. Kale, S. Kumar, On the convergence of Adam and beyond, ICLR (2018)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-3, .tune_low = 1e-5, .tune_high = 1}),
      ravine::sdk::beta1(), ravine::sdk::beta2(),
      ravine::sdk::epsilon(1e-8, "added to the root of the largest second moment"),
      ravine::sdk::choice("definition",
                          "torch: the maximum of v, corrected by 1 - beta2^t afterwards; optax: "
                          "the maximum of the corrected v; reddi: no correction of m or v, as in "
                          "the paper",
                          kDefinitions, kTorch)};

  explicit AmsGrad(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        epsilon_(start.setting("epsilon")),
        definition_(static_cast<Definition>(start.count_setting("definition"))),
        moments_(start),
        largest_(start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    moments_.begin_step();
    const double correction1 = definition_ == kReddi ? 1 : moments_.correction1();
    const double correction2 = moments_.correction2();
    const double alpha = alpha_ * step.multiplier / correction1;
    const double before = definition_ == kOptax ? 1 / correction2 : 1;
    const double after = definition_ == kTorch ? 1 / std::sqrt(correction2) : 1;
    const double epsilon = epsilon_;
    double* const largest = largest_.data();
    moments_.apply(g_, x, [=](std::size_t i, double, double m, double v) {
      largest[i] = std::max(largest[i], v * before);
      return alpha * (m / (std::sqrt(largest[i]) * after + epsilon));
    });
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    moments_.state(archive);
    archive(largest_);
  }

 private:
  double alpha_, epsilon_;
  Definition definition_;
  ravine::sdk::Moments moments_;
  ravine::sdk::Vector largest_;  // second moment so far, 0 at the start
  ravine::sdk::Vector g_;        // scratch
};

}  // namespace

RAVINE_PLUGIN("amsgrad", "1.0", AmsGrad)
