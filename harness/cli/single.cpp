#include "harness/cli/single.hpp"

#include <fmt/format.h>

#include "harness/cli/common.hpp"
#include "harness/error.hpp"
#include "harness/plan/plan.hpp"
#include "harness/suite/parse.hpp"

namespace ravine::harness {

TrialSpec single_trial(const SingleRequest& request, const Registry& registry,
                       problems::DataSets& data) {
  Suite suite;
  suite.name = suite.file = "command line";
  suite.seeds = {request.seed};
  suite.budget.iterations = request.steps;
  suite.budget.seconds = 3600;
  suite.divergence = 1e300;  // a trace shows what happens, however bad
  suite.judge.value = true;
  ProblemEntry problem;
  problem.family = request.problem;
  problem.parameters = parse_assignments(request.problem_set, "--problem-set");
  problem.instances = {request.instance};
  problem.place = {"PROBLEM", 0, 0};
  if (request.batch > 0)
    problem.batch = Setting{"batch", {static_cast<double>(request.batch)}, {"--batch", 0, 0}};
  OptimizerEntry optimizer;
  optimizer.id = request.optimizer;
  optimizer.settings = parse_assignments(request.set, "--set");
  optimizer.place = {"OPTIMIZER", 0, 0};
  if (!request.schedule.empty())
    optimizer.schedule = parse_named_part(request.schedule, "schedule");
  if (!request.average.empty()) optimizer.average = parse_named_part(request.average, "average");
  suite.problems = {problem};
  suite.optimizers = {optimizer};
  const OptimizerPlace place = registry.find(request.optimizer);
  if (!registry.info(place).reports_iterations())
    suite.budget.oracle = static_cast<double>(request.steps);
  PlanFilter only;
  only.optimizers = {request.optimizer};  // no guests
  Plan plan = make_plan(suite, registry, data, only);
  TrialSpec trial = std::move(plan.trials.front());
  trial.start = request.x0;
  return trial;
}

}  // namespace ravine::harness
