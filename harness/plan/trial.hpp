// One trial of a plan: everything a worker needs to know, and everything that tells it from others.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/average/average.hpp"
#include "harness/schedule/schedule.hpp"
#include "harness/suite/suite.hpp"
#include "problems/family.hpp"
#include "results/record.hpp"

namespace ravine::harness {

struct TrialSpec {
  std::string id;       ///< exact identity, 32 hexadecimal digits
  std::string meaning;  ///< identity without the bytes of the plugin and of the instance

  std::string suite, suite_hash;
  std::size_t plugin = 0;     ///< index into the plan's plugins
  std::size_t optimizer = 0;  ///< index into that plugin's optimizers
  std::string optimizer_label;
  std::string optimizer_entry;                    ///< the label without what was swept
  std::vector<results::Setting> optimizer_swept;  ///< what its entry has several values of
  std::vector<results::Setting> expressions;      ///< settings that the suite gives by one
  std::vector<double> settings;  ///< one for each hyperparameter, in the plugin's order
  std::uint64_t optimizer_seed = 0;
  ScheduleSpec schedule;  ///< of the learning rate
  AverageSpec average;    ///< of the iterates, judged in their place

  std::string family;
  std::string problem_label;
  std::string problem_entry;
  std::vector<results::Setting> problem_swept;
  std::map<std::string, double> constants;  ///< of the problem: mu, L, kappa, ...
  problems::Shape shape = problems::Shape::unknown;
  problems::Parameters parameters;
  problems::Instance instance;
  std::string instance_hash;
  std::uint64_t seed = 0;        ///< repetition
  std::uint64_t batch_size = 0;  ///< 0: the full objective
  BatchOrder batch_order = BatchOrder::shuffled;
  bool drop_last_batch = false;
  bool fresh_samples = false;
  std::vector<double> start;  ///< replaces the problem's own x0 when not empty

  std::vector<results::Target> targets;
  std::uint64_t budget_iterations = 1000;
  double budget_oracle = 1e300;
  double budget_seconds = 60;
  std::uint64_t stage_iterations = 0;  ///< in each stage but the last
  OracleWeights weights;
  JudgeRule judge;
  double divergence = 1e6;
  std::uint64_t memory_mib = 4096;
};

/// How this trial's batches are drawn from a problem's samples.
inline BatchRule batch_rule_of(const TrialSpec& trial, std::uint64_t sample_count, bool fresh) {
  return {sample_count, trial.batch_size, trial.batch_order, trial.drop_last_batch, fresh};
}

}  // namespace ravine::harness
