// How first-order methods multiply an eigen-component of a quadratic. Internal to the theorems.
#pragma once

#include <optional>

#include "results/record.hpp"

namespace ravine::results::theory {

/// The factor per iteration, in the long run, of the component of x - x* with the eigenvalue
/// lambda: |1 - alpha lambda| for gradient descent, and for methods with a momentum the larger
/// modulus of the roots z of
///   heavy ball            z^2 - (1 + beta - alpha lambda) z + beta               (Polyak 1964)
///   Nesterov, look-ahead  z^2 - (1 + beta)(1 - alpha lambda) z + beta (1 - alpha lambda)
///   Nesterov, literal     z^2 - (1 + beta - 2 alpha lambda) z + beta - alpha lambda
/// with alpha (1 - beta) for alpha where the velocity is an average, and beta = 1 without friction.
/// Empty for other methods, and for momenta or steps that change.
std::optional<double> component_factor(const TrialRecord& trial, double lambda);

}  // namespace ravine::results::theory
