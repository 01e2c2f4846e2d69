#include "results/theory/spectral_radius.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "results/theory/facts.hpp"

namespace ravine::results::theory {
namespace {

/// Of z^2 - p z + q.
double larger_modulus(double p, double q) {
  const double discriminant = p * p - 4 * q;
  if (discriminant < 0) return std::sqrt(q);
  return (std::fabs(p) + std::sqrt(discriminant)) / 2;
}

std::optional<double> heavy_ball(std::string_view form, double alpha, double beta, double lambda) {
  if (form == "ema")
    alpha *= 1 - beta;
  else if (form == "frictionless")
    beta = 1;
  else if (form != "heavy_ball" && form != "velocity_rate")
    return {};
  return larger_modulus(1 + beta - alpha * lambda, beta);
}

std::optional<double> nesterov(std::string_view form, double alpha, double beta, double lambda) {
  const double keep = 1 - alpha * lambda;
  if (form == "lookahead" || form == "torch") return larger_modulus((1 + beta) * keep, beta * keep);
  if (form == "literal")
    return larger_modulus(1 + beta - 2 * alpha * lambda, beta - alpha * lambda);
  return {};
}

}  // namespace

std::optional<double> component_factor(const TrialRecord& trial, double lambda) {
  const auto alpha = setting(trial, "learning_rate");
  if (!alpha) return {};
  if (trial.optimizer == "gradient_descent") return std::fabs(1 - *alpha * lambda);
  const auto beta = setting(trial, "beta");
  if (!beta || choice(trial, "ramp") == "yes") return {};
  const std::string_view form = choice(trial, "form");
  if (trial.optimizer == "heavy_ball") return heavy_ball(form, *alpha, *beta, lambda);
  if (trial.optimizer != "nesterov" || choice(trial, "restart") != "none") return {};
  return nesterov(form, *alpha, *beta, lambda);
}

}  // namespace ravine::results::theory
