// The problem of the trial before, kept for the next one that is on the same.
#pragma once

#include <memory>

#include "harness/plan/trial.hpp"
#include "problems/family.hpp"

namespace ravine::harness {

/// Whether both trials are on one problem: repetitions of a canonical instance that no seed enters
/// are.
bool same_problem(const TrialSpec& a, const TrialSpec& b);

/// Problems are immutable, so trials may share one. A worker that is forked from a process that
/// holds its problem neither builds it nor touches its memory for the first time, which for a
/// million variables costs far more than the process.
class KeptProblem {
 public:
  /// The problem of a trial, built unless that of the last one asked for was the same. Throws what
  /// the family throws, and keeps nothing then. `trial` must outlive the next call.
  problems::Problem& of(const TrialSpec& trial, problems::DataSets& data);
  void drop() { problem_.reset(); }

 private:
  const TrialSpec* trial_ = nullptr;
  std::unique_ptr<problems::Problem> problem_;
};

}  // namespace ravine::harness
