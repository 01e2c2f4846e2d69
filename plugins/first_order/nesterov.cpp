// Nesterov's accelerated gradient with constant momentum, in its two usual forms. For a constant
// learning rate the torch form's x is the look-ahead form's x + alpha beta v: the same method,
// judged at another point.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"

namespace {

class Nesterov {
  static constexpr const char* kForms[] = {"lookahead", "torch"};
  enum Form : std::uint8_t { kLookahead, kTorch };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "nesterov",
      .name = "Nesterov's accelerated gradient",
      .author = "Ravine",
      .summary = "v <- beta v - grad f(x + alpha beta v); x <- x + alpha v",
      .paper =
          "Yu. E. Nesterov, A method of solving a convex programming problem with convergence rate "
          "O(1/k^2), Soviet Math. Dokl. 27 (1983); I. Sutskever, J. Martens, G. Dahl, G. Hinton, "
          "On the importance of initialization and momentum in deep learning, ICML (2013)"};
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
                         .scale = RAVINE_ONE_MINUS_LOG}),
      ravine::sdk::choice("form",
                          "where the gradient is taken: ahead of x, or at x with the momentum "
                          "applied after it, as torch.optim.SGD does",
                          kForms, kLookahead)};

  explicit Nesterov(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta_(start.setting("beta")),
        form_(static_cast<Form>(start.count_setting("form"))),
        v_(start.n()),
        ahead_(form_ == kLookahead ? start.n() : 0),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    const double alpha = alpha_ * step.multiplier;
    return form_ == kTorch ? torch(f, alpha, x) : lookahead(f, alpha, x);
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(v_);
  }

 private:
  std::int32_t lookahead(const ravine::sdk::Function& f, double alpha, std::span<double> x) {
    for (std::size_t i = 0; i < x.size(); ++i) ahead_[i] = x[i] + alpha * beta_ * v_[i];
    if (const auto status = f.gradient(ahead_, g_); status != RAVINE_OK) return status;
    for (std::size_t i = 0; i < x.size(); ++i) {
      v_[i] = beta_ * v_[i] - g_[i];
      x[i] += alpha * v_[i];
    }
    return RAVINE_OK;
  }
  // b <- m b + g; x <- x - lr (g + m b), where b is v_.
  std::int32_t torch(const ravine::sdk::Function& f, double alpha, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    for (std::size_t i = 0; i < x.size(); ++i) {
      v_[i] = beta_ * v_[i] + g_[i];
      x[i] -= alpha * (g_[i] + beta_ * v_[i]);
    }
    return RAVINE_OK;
  }

  double alpha_, beta_;
  Form form_;
  ravine::sdk::Vector v_;          // velocity, 0 at the start
  ravine::sdk::Vector ahead_, g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("nesterov", "1.0", Nesterov)
