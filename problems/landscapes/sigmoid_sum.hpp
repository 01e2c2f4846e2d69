// f(w) = 1/N sum of (s(w_1 x_i + w_2) - y_i)^2 with s(z) = 1 / (1 + exp(-z)): its value and
// derivatives, and its minimizer.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "problems/problem.hpp"

namespace ravine::problems {

/// s(z), s'(z), s''(z), with all digits for any z: 1 - s(z) = s(-z).
struct Sigmoid {
  explicit Sigmoid(double z);
  double value, first, second;
};

struct SigmoidSum {
  std::vector<double> x, y;  ///< N points

  struct Expansion {
    double value = 0;
    std::array<double, 2> gradient{};
    std::array<double, 4> hessian{};
  };
  /// At w (2 doubles), on all points or on those of a batch.
  [[nodiscard]] Expansion at(const Objective& objective, std::span<const double> w) const;

  /// The mean of x_i^2 + 1.
  [[nodiscard]] double mean_square() const;

  /// The smallest limit of f as |w| -> inf where no point lies on the step: x ascending, y 0 or 1.
  [[nodiscard]] double best_step() const;

  /// A minimizer by Newton's method, damped, from the best point of a grid on [-8, 8]^2; none where
  /// that runs away, or a step is better.
  [[nodiscard]] std::optional<std::array<double, 2>> minimizer() const;
};

}  // namespace ravine::problems
