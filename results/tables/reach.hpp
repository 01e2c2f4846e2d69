// How the runs of a row came to a target, and the time of its steps. Internal to the builders.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "results/tables/group.hpp"

namespace ravine::results {

enum class Quantity : std::int32_t {
  iterations,   ///< of hits by the iterate rule
  oracle_cost,  ///< gradient equivalents, of hits by the evaluation rule, else by the other
  seconds,      ///< of optimizer and oracle, median over a trial's measurements; rule as for cost
};

struct Reach {
  /// One a run that was judged by the target and reports the quantity; infinite where it missed.
  std::vector<double> values;
  std::uint64_t hits = 0;           ///< finite ones of these
  std::uint64_t at_start = 0;       ///< hits at x0
  std::uint64_t between = 0;        ///< hits known only as an interval; the value is its upper end
  std::uint64_t not_available = 0;  ///< runs that met the target, of libraries without iterations
  std::uint64_t runs() const { return values.size() + not_available; }
};

/// Unsupported trials are no runs: the optimizer never started.
Reach reach(const Row& row, const Target& target, Quantity quantity);

/// In seconds: for each figure of a measurement its median over a trial's measurements, of these
/// the median over trials. Empty where nobody saw steps.
struct RowTime {
  std::optional<double> step, step_p90, step_deviation, optimizer, oracle;
  std::uint64_t steps = 0;   ///< timed, over all measurements
  std::uint64_t trials = 0;  ///< with a step time
};

/// Measurements of `machine` only.
RowTime time_of(const Row& row, const std::string& machine);

}  // namespace ravine::results
