// A problem's facts as the contract tells them to an optimizer: shapes and abilities, no names that
// would give the problem away.
#pragma once

#include <string>
#include <vector>

#include "harness/plan/trial.hpp"
#include "problems/problem.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {

class Task {
 public:
  Task(const problems::Facts& facts, const TrialSpec& spec);
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  [[nodiscard]] const ravine_task& table() const { return task_; }

 private:
  std::vector<std::string> names_;
  std::vector<ravine_block> blocks_;
  std::vector<const ravine_block*> pointers_;
  ravine_task task_{};
};

}  // namespace ravine::harness
