// RAdam (Liu et al. 2020, Algorithm 2): while the second moment rests on too few gradients
// (rho_t up to a threshold) it is left out, and the step is alpha m^, not normalized: the rate must
// suit raw gradients. After that Adam's step times the rectification r_t. With beta2 = 0.999 the
// first adaptive step is t = 6 for thresholds of 5 and t = 5 for the paper's 4. State: 2n doubles.
// Traffic: 7n doubles a step.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

class RAdam {
  static constexpr const char* kThresholds[] = {"above_5", "from_5", "above_4"};
  enum Threshold : std::uint8_t { kAbove5, kFrom5, kAbove4 };
  static constexpr const char* kForms[] = {"hat", "outside"};
  enum Form : std::uint8_t { kHat, kOutside };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "radam",
      .name = "RAdam",
      .author = "Ravine",
      .summary = "x <- x - alpha m^ at first, then x - alpha r_t m^ / (sqrt(v^) + epsilon)",
      .paper =
          "L. Liu, H. Jiang, P. He, W. Chen, X. Liu, J. Gao, J. Han, On the variance of the "
          "adaptive learning rate and beyond, ICLR (2020)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-3, .tune_low = 1e-5, .tune_high = 1}),
      ravine::sdk::beta1(),
      ravine::sdk::beta2(),
      ravine::sdk::epsilon(1e-8, "added to the root of the second moment"),
      ravine::sdk::choice("threshold",
                          "steps are adaptive where rho_t > 5, as in torch, >= 5, as in the "
                          "authors' code and optax, or > 4, as in the paper",
                          kThresholds, kAbove5),
      ravine::sdk::choice("epsilon_form",
                          "hat: sqrt(v) + epsilon, corrected afterwards, as in torch and the "
                          "authors' code; outside: sqrt(v^) + epsilon, as in optax",
                          kForms, kHat)};

  explicit RAdam(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        epsilon_(start.setting("epsilon")),
        threshold_(static_cast<Threshold>(start.count_setting("threshold"))),
        form_(static_cast<Form>(start.count_setting("epsilon_form"))),
        moments_(start),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    moments_.begin_step();
    const double correction2 = moments_.correction2();
    const double alpha = alpha_ * step.multiplier / moments_.correction1();
    // Length of the simple average that the second moment is worth, and its limit.
    const double limit = 2 / (1 - moments_.beta2()) - 1;
    const double rho =
        limit - 2 * static_cast<double>(moments_.t()) * (1 - correction2) / correction2;
    if (!is_adaptive(rho)) {
      moments_.apply(g_, x, [=](std::size_t, double, double m, double) { return alpha * m; });
      return RAVINE_OK;
    }
    const double r = std::sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
    const double root = std::sqrt(correction2), epsilon = epsilon_;
    const double rectified = form_ == kHat ? alpha * r * root : alpha * r;
    const double scale = form_ == kHat ? 1 : 1 / root;
    moments_.apply(g_, x, [=](std::size_t, double, double m, double v) {
      return rectified * (m / (std::sqrt(v) * scale + epsilon));
    });
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    moments_.state(archive);
  }

 private:
  [[nodiscard]] bool is_adaptive(double rho) const {
    return threshold_ == kAbove4 ? rho > 4 : threshold_ == kFrom5 ? rho >= 5 : rho > 5;
  }

  double alpha_, epsilon_;
  Threshold threshold_;
  Form form_;
  ravine::sdk::Moments moments_;
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("radam", "1.0", RAdam)
