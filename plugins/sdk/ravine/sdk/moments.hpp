// Adam's family: averages of the gradient and of its square, their correction for the start at 0,
// and the declarations of the hyperparameters that its members share.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ravine/sdk/about.hpp"
#include "ravine/sdk/momentum.hpp"
#include "ravine/sdk/start.hpp"
#include "ravine/sdk/vector.hpp"
#include "ravine/sdk/weight_decay.hpp"

namespace ravine::sdk {

/// 1 - beta^t without the cancellation near beta = 1; 1 for beta = 0, whose logarithm is -inf.
inline double one_minus_power(double beta, std::uint64_t t) {
  return -std::expm1(static_cast<double>(t) * std::log(beta));
}

constexpr ravine_parameter beta1() {
  return momentum({.value = 0.9,
                   .tune_low = 0.5,
                   .tune_high = 0.98,
                   .name = "beta1",
                   .meaning = "how much of the first moment a step keeps"});
}
constexpr ravine_parameter beta2() {
  return momentum({.value = 0.999,
                   .tune_low = 0.9,
                   .tune_high = 0.9999,
                   .name = "beta2",
                   .meaning = "how much of the second moment a step keeps"});
}

/// "epsilon", legal in (0, inf); in [0, inf) for a method that defines 0 / 0.
constexpr ravine_parameter epsilon(double value, const char* meaning, bool zero_is_legal = false) {
  return real({.name = "epsilon",
               .meaning = meaning,
               .value = value,
               .minimum = 0,
               .tune_low = 1e-10,
               .tune_high = 1e-3,
               .open = RAVINE_OPEN_MAXIMUM | (zero_is_legal ? 0 : RAVINE_OPEN_MINIMUM),
               .scale = RAVINE_LOG});
}

/// Where epsilon stands; not interchangeable: inside the root it is a floor of sqrt(epsilon).
enum EpsilonForm : std::uint8_t { kOutside, kInside };
inline constexpr const char* kEpsilonForms[] = {"outside", "inside"};
constexpr ravine_parameter epsilon_form() {
  return choice("epsilon_form", "added to the root, or under it", kEpsilonForms, kOutside);
}

/// sqrt(square) + epsilon, or sqrt(square + epsilon).
template <bool inside>
double root(double square, double epsilon) {
  return inside ? std::sqrt(square + epsilon) : std::sqrt(square) + epsilon;
}
/// The start of a sum of squares: "initial_accumulator", legal in [0, inf).
constexpr ravine_parameter initial_accumulator() {
  return real({.name = "initial_accumulator",
               .meaning = "where the sum of squares starts",
               .value = 0,
               .minimum = 0,
               .tune_low = 1e-6,
               .tune_high = 1,
               .open = RAVINE_OPEN_MAXIMUM,
               .scale = RAVINE_LOG});
}

/// a / b with 0 / 0 := 0, for methods whose epsilon may be 0; also 0 where b has underflown. NaN
/// stays NaN. Written so that a loop over it has no branch.
inline double quotient(double a, double b) { return a / (b == 0 ? kInfinity : b); }

/// m and v of Adam's family, for a plugin that declares beta1 and beta2.
class Moments {
 public:
  explicit Moments(const Start& start)
      : beta1_(start.setting("beta1")),
        beta2_(start.setting("beta2")),
        m_(start.n()),
        v_(start.n()) {}

  void begin_step() { ++t_; }
  [[nodiscard]] std::uint64_t t() const { return t_; }  ///< 1 in the first step
  [[nodiscard]] double beta1() const { return beta1_; }
  [[nodiscard]] double beta2() const { return beta2_; }
  /// What the moments are divided by to undo their start at 0.
  [[nodiscard]] double correction1() const { return one_minus_power(beta1_, t_); }
  [[nodiscard]] double correction2() const { return one_minus_power(beta2_, t_); }

  /// Adam's change, for the functions below: rate m^ / (sqrt(v^) + epsilon).
  [[nodiscard]] auto adam(double rate, double epsilon) const {
    const double alpha = rate / correction1();
    const double scale = 1 / std::sqrt(correction2());
    return [=](std::size_t, double, double m, double v) {
      return alpha * (m / (std::sqrt(v) * scale + epsilon));
    };
  }

  /// x <- x - change(i, g, m, v) with the new moments, in one pass over memory.
  template <class Change>
  void apply(std::span<const double> g, std::span<double> x, const Change& change) {
    pass({0, x.size(), 0}, g, x, 0, kPlain, change);
  }
  /// The same with L2 regularization: g + lambda x in place of g.
  template <class Change>
  void apply_coupled(std::span<const double> g, std::span<double> x,
                     const std::vector<DecayedPart>& parts, const Change& change) {
    for (const DecayedPart& part : parts) pass(part, g, x, part.lambda, kPlain, change);
  }
  /// The same with decoupled decay by rate lambda.
  template <class Change>
  void apply_decoupled(std::span<const double> g, std::span<double> x,
                       const std::vector<DecayedPart>& parts, double rate, const Change& change,
                       DecayOrder order = kDecayBefore) {
    for (const DecayedPart& part : parts)
      in_decay_order(order, rate * part.lambda,
                     [&](const auto& move) { pass(part, g, x, 0, move, change); });
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(m_, v_, t_);
  }

 private:
  static constexpr auto kPlain = [](double x, double u) { return x - u; };

  template <class Move, class Change>
  void pass(const DecayedPart& part, std::span<const double> g, std::span<double> x, double coupled,
            const Move& move, const Change& change) {
    // Copies, so that the compiler knows that no store changes them.
    const double beta1 = beta1_, beta2 = beta2_;
    double* const m = m_.data();
    double* const v = v_.data();
    for (std::size_t i = part.begin; i < part.end; ++i) {
      const double gi = g[i] + coupled * x[i];
      m[i] = beta1 * m[i] + (1 - beta1) * gi;
      v[i] = beta2 * v[i] + (1 - beta2) * (gi * gi);
      x[i] = move(x[i], change(i, gi, m[i], v[i]));
    }
  }

  double beta1_, beta2_;
  Vector m_, v_;         // averages of g and g^2, 0 at the start
  std::uint64_t t_ = 0;  // steps done
};

}  // namespace ravine::sdk
