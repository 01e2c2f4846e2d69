// One optimizer on one problem, from the command line's words: what trace and time have in common.
#pragma once

#include <string>
#include <vector>

#include "harness/plan/registry.hpp"
#include "harness/plan/trial.hpp"
#include "problems/family.hpp"

namespace ravine::harness {

struct SingleRequest {
  std::string optimizer, problem;
  std::vector<std::string> set, problem_set;  ///< NAME=VALUE
  std::uint64_t instance = 0, seed = 0, batch = 0;
  std::vector<double> x0;  ///< replaces the problem's start when not empty
  std::uint64_t steps = 100;
  std::string schedule, average;  ///< as parse_named_part reads them; "": none
};

/// A trial without targets that ends after `steps` iterations (or as many evaluations, where a
/// library reports no iterations). Throws UserError.
TrialSpec single_trial(const SingleRequest& request, const Registry& registry,
                       problems::DataSets& data);

}  // namespace ravine::harness
