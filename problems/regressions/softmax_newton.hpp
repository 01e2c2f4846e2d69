// The minimizer of a strongly convex problem from its own gradients and Hessians.
#pragma once

#include <cstdint>
#include <optional>

#include "problems/problem.hpp"
#include "problems/regressions/minimum.hpp"

namespace ravine::problems {

/// Newton's method from 0, n variables and so many samples, until the gradient is what rounding
/// leaves: the minimum is right to rounding, the minimizer to that times the condition. Nothing
/// where a Hessian is more work than it is worth.
std::optional<Minimum> newton_minimum(Problem& problem, std::uint64_t n, std::uint64_t samples);

}  // namespace ravine::problems
