// The targets of a trial, from the suite's and the problem's own lists.
#pragma once

#include <vector>

#include "harness/plan/problem_configs.hpp"
#include "results/record.hpp"

namespace ravine::harness {

/// A problem's own list of a kind replaces the suite's. Relative targets need a known minimum:
/// without one they are left out when the suite gave them, refused when the problem's entry did;
/// so too for metrics that the problem does not have. Throws UserError with the place.
std::vector<results::Target> targets_of(const Suite& suite, const ProblemConfig& config);

}  // namespace ravine::harness
