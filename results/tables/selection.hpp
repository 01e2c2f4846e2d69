// Which trials and targets TableOptions choose. Internal to the builders.
#pragma once

#include <vector>

#include "results/dataset.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// Throws SelectionError where an optimizer or a problem has no trial, or a target or a metric was
/// recorded nowhere.
std::vector<const TrialRecord*> select_trials(const Dataset& data, const TableOptions& options);

/// The chosen targets of some trials, each once: relative ones, then gradient ones, both from loose
/// to tight, then those of metrics in the order of the suite. A target below the rounding floor in
/// one of the trials is marked as such.
std::vector<Target> select_targets(const std::vector<const TrialRecord*>& trials,
                                   const TableOptions& options);

/// The tightest of targets in that order: the last relative one, else the last of a metric, else
/// the last; one below the rounding floor only where there is no other. nullptr without targets.
const Target* tightest(const std::vector<Target>& targets);

}  // namespace ravine::results
