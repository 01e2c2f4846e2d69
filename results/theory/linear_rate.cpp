// Linear convergence on quadratics: the spectral radius of what an iteration does.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/theory/facts.hpp"
#include "results/theory/spectral_radius.hpp"
#include "results/theory/statement.hpp"

namespace ravine::results::theory {
namespace {

/// Moduli rise towards both ends of the spectrum, whatever lies between; of the literal form this
/// is not known, so that its two eigenvalues must be all.
std::optional<double> radius(const TrialRecord& trial) {
  const auto mu = constant(trial, "mu"), L = constant(trial, "L");
  if (!mu || !L) return {};
  if (choice(trial, "form") == "literal" && constant(trial, "distinct").value_or(3) > 2) return {};
  const auto slow = component_factor(trial, *mu), fast = component_factor(trial, *L);
  if (!slow || !fast) return {};
  return std::max(*slow, *fast);
}

}  // namespace

void linear_rate(const TrialRecord& trial, std::vector<Statement>& statements) {
  if (trial.shape != "quadratic" || !is_plain_and_full(trial)) return;
  const auto rho = radius(trial);
  if (!rho) return;
  const bool gradient_descent = trial.optimizer == "gradient_descent";
  statements.push_back(
      {"rate per iteration", Relation::equals, *rho, measured_rate(trial),
       gradient_descent
           ? "rate of gradient descent: max |1 - alpha lambda| over the spectrum"
           : "rate with a momentum: the larger modulus of the roots of z^2 - (1 + beta - alpha "
             "lambda) z + beta "
             "for the heavy ball, of z^2 - (1 + beta)(1 - alpha lambda) z + beta (1 - alpha "
             "lambda) for Nesterov's, "
             "over the spectrum (Polyak 1964); equal roots are reached slowly, as k rate^k"});
  // Of gradient descent the iteration is symmetric: f - f* falls by rho^2 at least from the start.
  if (!gradient_descent || !(*rho < 1) || !(*rho > 0)) return;
  for (const Target& target : trial.targets)
    if (target.kind == TargetKind::relative && !target.below_floor)
      statements.push_back({fmt::format("iterations to {:g}", target.level), Relation::at_most,
                            std::ceil(std::log(target.level) / (2 * std::log(*rho))),
                            measured_iterations(trial, target),
                            "iterations of gradient descent: f - f* <= rate^(2k) (f(x0) - f*)"});
}

void component_rates(const TrialRecord& trial, std::vector<Statement>& statements) {
  if (trial.shape != "quadratic" || !is_plain_and_full(trial)) return;
  for (int i = 1;; ++i) {
    const auto lambda = constant(trial, fmt::format("lambda_{}", i));
    if (!lambda) return;
    if (const auto factor = component_factor(trial, *lambda))
      statements.push_back(
          {fmt::format("rate of lambda = {:g}", *lambda), Relation::equals, *factor,
           measured_rate(trial, fmt::format("component_{}", i)),
           "rate of lambda: of the part of x - x* in that eigenspace, by the same formulas"});
  }
}

}  // namespace ravine::results::theory
