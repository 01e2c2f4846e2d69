// Minimizers and curvature of a mean loss, to rounding.
#pragma once

#include <optional>
#include <vector>

#include "problems/data/labelled_rows.hpp"
#include "problems/regressions/loss.hpp"

namespace ravine::problems {

struct Minimum {
  std::vector<double> x;
  double f = 0;
  double flatness = 0;  ///< 1/2 sum of H_jj x_j^2: what rounding x costs, in units of u^2
};

/// The minimizer of 1/N sum phi(x_i'w, y_i) + l2/2 |w|^2 by Newton's method, gradient and value in
/// long double, until steps are below the spacing of doubles. Nothing where the Hessian is singular
/// to rounding or the work too much (kMostSolveWork); not for losses whose slope jumps.
std::optional<Minimum> minimum_of(Loss loss, double l2, const LabelledRows& rows);

/// Up to so many variables minima of the squared loss are computed, and of other losses.
inline constexpr std::uint64_t kSquaredSolveLimit = 2000;
inline constexpr std::uint64_t kNewtonLimit = 500;

/// Ends of the spectrum of X'X / N.
struct Spectrum {
  std::optional<double> smallest;  ///< where it was computed and is not 0 to rounding
  double largest = 0;
};

/// From the eigenvalues up to kNewtonLimit columns; beyond them the largest alone, by Lanczos's
/// method, from below and to some digits.
Spectrum spectrum_of(const LabelledRows& rows);

}  // namespace ravine::problems
