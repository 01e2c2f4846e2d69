// The curvature of a problem where its minimum is.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "problems/problem.hpp"

namespace ravine::problems {

/// Largest dimension of which curvature_at_minimum computes eigenvalues.
inline constexpr std::uint64_t kCurvatureLimit = 100;

/// mu, L and kappa = L / mu of the Hessian at the minimizer that the facts name: what rates near
/// the minimum follow from, and no bound elsewhere. Without mu and kappa where the Hessian is
/// singular, or as good as that: where rounding, n u L, would leave mu less than three digits.
/// Nothing where no minimizer is known, n exceeds kCurvatureLimit, or there is no dense Hessian.
std::map<std::string, double> curvature_at_minimum(Problem& problem);

}  // namespace ravine::problems
