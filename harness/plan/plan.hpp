// From a suite to its trials, each with a stable identity. Pure: the same suite, plugins and
// problems give the same plan; nothing is read from the clock or the environment, and of the disk
// nothing but the data sets that problems are made of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/plan/registry.hpp"
#include "harness/plan/trial.hpp"
#include "harness/suite/suite.hpp"
#include "problems/family.hpp"

namespace ravine::harness {

/// Version of the measuring protocol: raised when a recorded figure changes its meaning.
inline constexpr std::uint32_t kProtocolVersion = 1;

/// What the command line leaves of a suite.
struct PlanFilter {
  std::vector<std::string> optimizers;  ///< ids or labels, with * and ?; empty: all
  std::vector<std::string> problems;    ///< families or labels
  std::vector<std::uint64_t> seeds;     ///< replaces the suite's; empty: as the suite says
  std::uint64_t shard = 1, shards = 1;  ///< the shard-th of shards parts
};

struct Plan {
  std::vector<TrialSpec> trials;  ///< ids are unique
};

/// Throws UserError for what does not fit together: unknown families, optimizers, parameters and
/// metrics, illegal values, labels that two entries share, filters that leave nothing; the text
/// begins with the place in the suite.
/// Optimizers of plugins that are not our own and that the suite does not name take part with their
/// default settings on every problem.
Plan make_plan(const Suite& suite, const Registry& registry, problems::DataSets& data,
               const PlanFilter& filter);

}  // namespace ravine::harness
