// Adam (Kingma and Ba 2015, Algorithm 1): both moments corrected for their start at 0. Where
// epsilon stands makes three methods: at |g| = 1e-5 and epsilon = 1e-8 the first step is
// 0.999 alpha outside the root and 0.0995 alpha inside. Weight decay is the coupled one, an L2
// term; adamw has the other. State: 2n doubles. Traffic: 7n doubles a step.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

class Adam {
  static constexpr const char* kForms[] = {"outside", "inside", "hat"};
  enum Form : std::uint8_t { kOutside, kInside, kHat };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "adam",
      .name = "Adam",
      .version = "1.1",
      .author = "Ravine",
      .summary = "x <- x - alpha m^ / (sqrt(v^) + epsilon)",
      .paper = "D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR (2015)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-3, .tune_low = 1e-5, .tune_high = 1}),
      ravine::sdk::beta1(),
      ravine::sdk::beta2(),
      ravine::sdk::epsilon(1e-8, "added to the second moment or its root, as epsilon_form says"),
      ravine::sdk::choice("epsilon_form",
                          "outside: sqrt(v^) + epsilon, as Algorithm 1 and torch; inside: "
                          "sqrt(v^ + epsilon); hat: sqrt(v) + epsilon, corrected afterwards, as "
                          "the end of the paper's section 2",
                          kForms, kOutside),
      ravine::sdk::boolean("bias_correction", "divide m and v by 1 - beta^t", true),
      ravine::sdk::weight_decay()};

  explicit Adam(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        epsilon_(start.setting("epsilon")),
        form_(static_cast<Form>(start.count_setting("epsilon_form"))),
        corrected_(start.flag("bias_correction")),
        decay_(ravine::sdk::decayed_parts(start)),
        moments_(start),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    moments_.begin_step();
    const double correction2 = corrected_ ? moments_.correction2() : 1;
    double alpha = alpha_ * step.multiplier / (corrected_ ? moments_.correction1() : 1);
    if (form_ == kHat) alpha *= std::sqrt(correction2);
    const double epsilon = epsilon_;
    if (form_ == kInside) {
      const double scale = 1 / correction2;
      moments_.apply_coupled(g_, x, decay_, [=](std::size_t, double, double m, double v) {
        return alpha * (m / std::sqrt(v * scale + epsilon));
      });
    } else {
      const double scale = form_ == kHat ? 1 : 1 / std::sqrt(correction2);
      moments_.apply_coupled(g_, x, decay_, [=](std::size_t, double, double m, double v) {
        return alpha * (m / (std::sqrt(v) * scale + epsilon));
      });
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    moments_.state(archive);
  }

 private:
  double alpha_, epsilon_;
  Form form_;
  bool corrected_;
  std::vector<ravine::sdk::DecayedPart> decay_;
  ravine::sdk::Moments moments_;
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("adam", "1.1", Adam)
