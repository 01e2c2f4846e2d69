// What a suite sweeps, found again in its trials. Internal to the builders.
#pragma once

#include <string>
#include <vector>

#include "results/tables/group.hpp"

namespace ravine::results {

/// One optimizer on one problem at one value of each swept name.
struct SweepPoint {
  std::vector<std::string> at;  ///< as the suite writes them, in the order of Sweep::names
  const Group* group = nullptr;
  const Row* row = nullptr;
};

struct Sweep {
  std::string problem, optimizer;  ///< labels without what is swept
  std::vector<std::string> names;  ///< "learning_rate"; "kappa"; "batch"
  std::vector<SweepPoint> points;  ///< in natural order of `at`, more than one
};

/// Settings that a problem's optimizers are swept over, then parameters and batch sizes that an
/// optimizer meets the problem at. Points into `groups`.
std::vector<Sweep> sweeps_of(const std::vector<Group>& groups);

/// The values of the i-th name, in natural order, each once.
std::vector<std::string> values_of(const Sweep& sweep, std::size_t i);

}  // namespace ravine::results
