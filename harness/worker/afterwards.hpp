// What is asked of a problem when a trial is over, off the clock.
#pragma once

#include <algorithm>
#include <span>

#include "harness/measure/ending.hpp"
#include "harness/measure/gradient_error.hpp"
#include "harness/plan/trial.hpp"

namespace ravine::harness {

/// Of a trial on the full objective where it ended, `last`, its last judged point (empty: none); of
/// one on batches their gradient's error at x0, where the suite asks for it.
inline void describe_afterwards(const TrialSpec& spec, problems::Problem& problem,
                                std::span<const double> last, Area& area) {
  const problems::Facts& facts = problem.facts();
  if (spec.batch_size == 0) {
    double tightest = 1;  // also where there is none: nothing ended the trial early then
    for (const results::Target& target : spec.targets)
      if (target.kind == results::TargetKind::relative) tightest = std::min(tightest, target.level);
    if (!last.empty())
      describe_ending(problem, last, area.f_start, tightest < 1 ? tightest : 0, area);
    return;
  }
  measure_gradient_error(problem, facts.x0,
                         batch_rule_of(spec, facts.sample_count, facts.fresh_samples),
                         spec.instance.seed, spec.judge.gradient_error, area);
}

}  // namespace ravine::harness
