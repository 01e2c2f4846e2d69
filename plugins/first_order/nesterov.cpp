// Nesterov's accelerated gradient (1983). Forms:
// - lookahead: v <- beta v - grad f(x + alpha beta v); x <- x + alpha v (Sutskever et al. 2013)
// - torch: v <- beta v + g; x <- x - alpha (g + beta v), as torch.optim.SGD(nesterov=True): for a
//   constant rate its x is the look-ahead form's x + alpha beta v, the same method judged at
//   another point
// - literal: as lookahead, but the gradient at x + alpha v, as one often reads: another method,
//   stable on a quadratic only for alpha L < 2 (1 + beta) / 3
// - t_over_t_plus_3: x_{k+1} = y_k - tau grad f(y_k); y_{k+1} = x_{k+1} + k / (k + 3) (x_{k+1} -
//   x_k) from y_0 = x_0, k = 0, 1, ... with tau = alpha: no beta; f(x_k) - f* is at most
//   2 |x_0 - x*|^2 / (tau (k + 1)^2) for convex f and tau <= 1/L
// - t_over_t_plus_3_ahead: the same with (k + 1) / (k + 4), as where y_k = x_k + k / (k + 3) (x_k -
//   x_{k-1}) is read from a lecture: the momentum of one step later, 1/4 already after the first
// The host's x is x_k in each form but torch. A restart (O'Donoghue and Candes 2015) forgets v and
// counts steps from 0 again: strongly convex f is then minimized linearly, without mu being known.
// State: n doubles. Traffic: 5n doubles a step (6n for t_over_t_plus_3 and ahead), 3n more where
// the gradient is taken ahead of x, 2n more for the restart by the gradient.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/momentum.hpp"
#include "ravine/sdk/momentum_ramp.hpp"

namespace {

class Nesterov {
  static constexpr const char* kForms[] = {"lookahead", "torch", "literal", "t_over_t_plus_3",
                                           "t_over_t_plus_3_ahead"};
  enum Form : std::uint8_t { kLookahead, kTorch, kLiteral, kGrowing, kGrowingAhead };
  static constexpr const char* kRestarts[] = {"none", "function", "gradient"};
  enum Restart : std::uint8_t { kNever, kFunction, kGradient };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "nesterov",
      .name = "Nesterov's accelerated gradient",
      .author = "Ravine",
      .summary = "v <- beta v - grad f(x + alpha beta v); x <- x + alpha v",
      .paper =
          "Yu. E. Nesterov, A method of solving a convex programming problem with convergence rate "
          "O(1/k^2), Soviet Math. Dokl. 27 (1983); I. Sutskever, J. Martens, G. Dahl, G. Hinton, "
          "On the importance of initialization and momentum in deep learning, ICML (2013); B. "
          "O'Donoghue, E. Candes, Adaptive restart for accelerated gradient schemes, Found. "
          "Comput. "
          "Math. 15 (2015)",
      .uses = RAVINE_VALUE};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-5, .tune_high = 10}),
      ravine::sdk::momentum({.meaning =
                                 "momentum: the share of the velocity that a step keeps; the "
                                 "forms t_over_t_plus_3 have their own, whatever beta is",
                             .condition = "form = lookahead, torch or literal"}),
      ravine::sdk::choice("form",
                          "where the gradient is taken: ahead of x by the momentum's next step; at "
                          "x with the momentum applied after it, as torch.optim.SGD does; ahead by "
                          "the whole last step; or ahead by k / (k + 3) of it, without beta, k the "
                          "steps before that one, or (ahead) with it",
                          kForms, kLookahead),
      ravine::sdk::choice("restart",
                          "forget the momentum: never; where f has risen from one x to the next, "
                          "which takes a value a step (mini-batches compare as if they were one "
                          "function); or where the step went uphill by the gradient that it used",
                          kRestarts, kNever),
      ravine::sdk::MomentumRamp::on("form = lookahead, torch or literal"),
      ravine::sdk::MomentumRamp::last()};

  explicit Nesterov(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        beta_(start.setting("beta")),
        form_(static_cast<Form>(start.count_setting("form"))),
        restart_(static_cast<Restart>(start.count_setting("restart"))),
        ramp_(start),
        v_(start.n()),
        ahead_(form_ == kTorch ? 0 : start.n()),
        g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (restart_ == kFunction)
      if (const auto status = compare(f, x); status != RAVINE_OK) return status;
    const double alpha = alpha_ * step.multiplier;
    const double beta = momentum(step.iteration);
    switch (form_) {
      case kLookahead:
        return lookahead(f, alpha, beta, alpha * beta, x);
      case kLiteral:
        return lookahead(f, alpha, beta, alpha, x);
      case kTorch:
        return torch(f, alpha, beta, x);
      case kGrowing:
      case kGrowingAhead:
        break;
    }
    return growing(f, alpha, beta, x);
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(v_, k_, f_);
  }

 private:
  // Of the step k_ + 1 since the start or the last restart.
  [[nodiscard]] double momentum(std::uint64_t iteration) const {
    const auto k = static_cast<double>(k_);
    if (form_ == kGrowing) return k_ == 0 ? 0 : (k - 1) / (k + 2);
    if (form_ == kGrowingAhead) return k / (k + 3);
    return ramp_.momentum(beta_, k_ + 1, iteration);
  }
  void forget() {
    std::fill(v_.begin(), v_.end(), 0.0);
    k_ = 0;
  }
  std::int32_t compare(const ravine::sdk::Function& f, std::span<const double> x) {
    double here = 0;
    if (const auto status = f.value(x, here); status != RAVINE_OK) return status;
    if (here > f_) forget();
    f_ = here;
    return RAVINE_OK;
  }
  // Whether a step along `sign` v_ went uphill by g_.
  [[nodiscard]] bool uphill(double sign) const {
    return restart_ == kGradient && sign * ravine::sdk::dot(g_, v_) > 0;
  }

  std::int32_t lookahead(const ravine::sdk::Function& f, double alpha, double beta, double reach,
                         std::span<double> x) {
    for (std::size_t i = 0; i < x.size(); ++i) ahead_[i] = x[i] + reach * v_[i];
    if (const auto status = f.gradient(ahead_, g_); status != RAVINE_OK) return status;
    ++k_;
    for (std::size_t i = 0; i < x.size(); ++i) {
      v_[i] = beta * v_[i] - g_[i];
      x[i] += alpha * v_[i];
    }
    if (uphill(1)) forget();
    return RAVINE_OK;
  }
  // b <- m b + g; x <- x - lr (g + m b), where b is v_; without the m b at a restart, as it is the
  // way to the next look-ahead point.
  std::int32_t torch(const ravine::sdk::Function& f, double alpha, double beta,
                     std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    ++k_;
    if (restart_ == kGradient) {
      for (std::size_t i = 0; i < x.size(); ++i) v_[i] = beta * v_[i] + g_[i];
      if (uphill(-1)) forget();
      for (std::size_t i = 0; i < x.size(); ++i) x[i] -= alpha * (g_[i] + beta * v_[i]);
      return RAVINE_OK;
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
      v_[i] = beta * v_[i] + g_[i];
      x[i] -= alpha * (g_[i] + beta * v_[i]);
    }
    return RAVINE_OK;
  }
  // From x_k and v_ = x_k - x_{k-1} to those of k + 1.
  std::int32_t growing(const ravine::sdk::Function& f, double tau, double momentum,
                       std::span<double> x) {
    for (std::size_t i = 0; i < x.size(); ++i) ahead_[i] = x[i] + momentum * v_[i];
    if (const auto status = f.gradient(ahead_, g_); status != RAVINE_OK) return status;
    ++k_;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double next = ahead_[i] - tau * g_[i];
      v_[i] = next - x[i];
      x[i] = next;
    }
    if (uphill(1)) forget();
    return RAVINE_OK;
  }

  double alpha_, beta_;
  Form form_;
  Restart restart_;
  ravine::sdk::MomentumRamp ramp_;
  ravine::sdk::Vector v_;              // velocity, 0 at the start
  std::uint64_t k_ = 0;                // steps done since then or the last restart
  double f_ = ravine::sdk::kInfinity;  // at the x of the last step, where it is compared
  ravine::sdk::Vector ahead_, g_;      // scratch
};

}  // namespace

RAVINE_PLUGIN("nesterov", "1.0", Nesterov)
