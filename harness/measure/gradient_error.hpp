// How far a batch's gradient is from the objective's.
#pragma once

#include <cstdint>
#include <span>

#include "harness/measure/area.hpp"
#include "harness/suite/suite.hpp"
#include "problems/problem.hpp"

namespace ravine::harness {

/// Writes down, at x and for the last stage, in 2-norms:
///   gradient noise  sigma, root of the mean over samples of |g_i - g|^2: over all of them, or over
///                   the first kMostSamples of a longer or an endless sum
///   gradient error  root of the mean over `count` batches, drawn as the trial draws its own, of
///                   |g_B - g|^2; theory has it at sigma / sqrt(M) for independent samples
/// Nothing where the problem cannot be evaluated there. Off the clock; the batches are of a stream
/// of their own, so that the trial's are as they were.
void measure_gradient_error(problems::Problem& problem, std::span<const double> x,
                            const BatchRule& rule, std::uint64_t seed, std::uint64_t count,
                            Area& area);

}  // namespace ravine::harness
