// What an optimizer needs and a trial lacks.
#pragma once

#include <string>

#include "harness/plan/trial.hpp"
#include "harness/plugin/info.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {

/// One sentence, "needs ..., which the problem does not offer"; "" where nothing is missing.
std::string missing(const OptimizerInfo& info, const TrialSpec& spec, const ravine_task& task,
                    const ravine_oracle& oracle);

}  // namespace ravine::harness
