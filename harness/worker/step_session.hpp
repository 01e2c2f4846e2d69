// An optimizer stepping on a problem for as long as it is asked to, for benchmarks of a step: the
// books are those of a trial, there are no targets and no end.
#pragma once

#include <memory>

#include "harness/measure/area.hpp"
#include "harness/plan/trial.hpp"
#include "harness/plugin/loader.hpp"
#include "problems/family.hpp"

namespace ravine::harness {

class StepSession {
 public:
  StepSession(const TrialSpec& trial, const LoadedPlugin& plugin, problems::DataSets& data);
  ~StepSession();
  StepSession(const StepSession&) = delete;
  StepSession& operator=(const StepSession&) = delete;

  /// False for an optimizer without steps, or one that refused the task.
  [[nodiscard]] bool usable() const;

  struct Times {
    double optimizer_seconds = 0;
    double oracle_seconds = 0;
  };
  /// One step. An optimizer that has converged starts anew from x0, off the clock.
  Times step();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ravine::harness
