// The figures of the tables at full precision, for programs: a row for each problem, optimizer and
// target.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "results/dataset.hpp"
#include "results/tables/options.hpp"

namespace ravine::results {

/// Of several runs: a miss counts as infinite; empty where there is nothing to take it of.
struct Spread {
  std::optional<double> median, minimum, maximum;
};

struct SummaryRow {
  std::string problem, optimizer;  ///< labels, as the tables show them
  std::uint64_t n = 0, batch_size = 0;
  std::string target, kind;
  double level = 0;
  bool below_floor = false;
  std::uint64_t runs = 0;  ///< that were judged by this target
  std::uint64_t hits = 0;  ///< of them, by the iterate rule
  std::uint64_t hits_by_evaluation = 0;
  std::uint64_t at_start = 0;                           ///< of them, met at the start
  std::uint64_t unsupported = 0, stopped_by_clock = 0;  ///< trials
  Spread iterations;    ///< empty where the library reports no iterations
  Spread oracle_cost;   ///< gradient equivalents
  std::string machine;  ///< of the times; empty without times, or with times of several machines
  std::optional<double> step_seconds, optimizer_seconds, oracle_seconds;  ///< medians of medians
  std::optional<std::uint64_t> steps;                                     ///< that were timed
};

/// Throws SelectionError.
std::vector<SummaryRow> summarize(const Dataset& data, const TableOptions& options = {});

}  // namespace ravine::results
