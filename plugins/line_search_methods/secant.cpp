// The secant method on f' for one variable: x' = x - f'(x) (x - x_) / (f'(x) - f'(x_)), with x_ the
// iterate before: Newton's method with f'' from the last two slopes. It seeks a zero of f', not a
// minimum. The second point is first_step downhill of the start.
// The form "ratio" has the quotient upside down, as some lectures print it: it diverges.
// State: 2 doubles. Traffic: 3 doubles a step.
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>

#include "ravine/sdk.hpp"

namespace {

class Secant {
  static constexpr const char* kForms[] = {"secant", "ratio"};
  enum Form : std::uint8_t { kSecant, kRatio };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "secant",
      .name = "Secant method",
      .author = "Ravine",
      .summary = "for tasks of one variable only: x <- x - f' (x - x_) / (f' - f'_)",
      .paper =
          "J. F. Traub, Iterative Methods for the Solution of Equations, Prentice-Hall (1964); J. "
          "Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., Springer (2006)",
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::real({.name = "first_step",
                         .meaning = "length of the first step, against the sign of f'",
                         .value = 1e-2,
                         .minimum = 0,
                         .tune_low = 1e-6,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::choice("form",
                          "what f' is multiplied by: (x - x_) / (f' - f'_), or that upside down, "
                          "which diverges",
                          kForms, kSecant)};

  explicit Secant(const ravine::sdk::Start& start)
      : first_step_(start.setting("first_step")),
        form_(static_cast<Form>(start.count_setting("form"))) {
    if (start.n() != 1)
      throw ravine::sdk::Refused("n is " + std::to_string(start.n()) +
                                 ": the secant method is for one variable");
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    double g = 0;
    if (const auto status = f.gradient(x, {&g, 1}); status != RAVINE_OK) return status;
    if (g == 0) return RAVINE_CONVERGED;
    const double x_here = x[0];
    if (!started_) {
      x[0] -= std::copysign(first_step_, g);
    } else {
      const double curvature = (g - g_before_) / (x_here - x_before_);
      // No zero of the secant (level, or the host has put x back): nowhere to go.
      if (curvature == 0 || std::isnan(curvature)) return RAVINE_NO_PROGRESS;
      x[0] -= form_ == kSecant ? g / curvature : curvature * g;
    }
    started_ = true;
    x_before_ = x_here;
    g_before_ = g;
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage& stage, std::span<const double>) {
    if ((stage.changed & RAVINE_STALE_CURVATURE) != 0) started_ = false;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(x_before_, g_before_, started_);
  }

 private:
  double first_step_;
  Form form_;
  double x_before_ = 0, g_before_ = 0;
  bool started_ = false;
};

}  // namespace

RAVINE_PLUGIN("secant", "1.0", Secant)
