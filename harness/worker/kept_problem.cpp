#include "harness/worker/kept_problem.hpp"

#include "problems/catalog.hpp"

namespace ravine::harness {

bool same_problem(const TrialSpec& a, const TrialSpec& b) {
  if (a.family != b.family || a.instance.index != b.instance.index || a.parameters != b.parameters)
    return false;
  return a.instance.seed == b.instance.seed ||
         !problems::find_family(a.family)->seed_enters(a.instance.index);
}

problems::Problem& KeptProblem::of(const TrialSpec& trial, problems::DataSets& data) {
  if (!problem_ || !same_problem(*trial_, trial)) {
    drop();  // two at once might not fit
    const auto* family = problems::find_family(trial.family);
    problem_ = family->make(trial.parameters, trial.instance, data);
  }
  trial_ = &trial;
  return *problem_;
}

}  // namespace ravine::harness
