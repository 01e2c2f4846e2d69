// Trials that may stand in one table, and runs that may be put into one median. Internal to the
// builders.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "results/dataset.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// Runs of one optimizer with one setting, build and budget: they differ in instance and seed
/// alone.
struct Row {
  std::string label;  ///< optimizer_label, and what else tells it from another row
  std::vector<const TrialRecord*> trials;        ///< none of them void
  std::vector<const Measurement*> measurements;  ///< of these trials
};

/// One problem at one dimension and batch size.
struct Group {
  std::string label;  ///< problem_label alone
  std::string title;  ///< "rosenbrock (n = 2, batch 32)"
  std::uint64_t n = 0, batch_size = 0;
  std::vector<Target> targets;        ///< the chosen ones, from loose to tight
  std::optional<Target> tightest;     ///< of these
  std::vector<Row> rows;              ///< best first
  std::vector<std::string> voided;    ///< reasons of void trials, which are left out
  std::vector<std::string> machines;  ///< whose step times the rows hold, sorted
};

/// Rows are ordered by hits (share of the deciding targets met, by the evaluation rule, so that
/// libraries without iterations are ranked alike), then by median iterations to the tightest
/// target, then by its median oracle cost, then by name. Groups without a chosen target are left
/// out, unless targets were not chosen. Throws SelectionError.
std::vector<Group> group_trials(const Dataset& data, const TableOptions& options);

}  // namespace ravine::results
