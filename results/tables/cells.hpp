// Text of cells, and the notes that explain what stands in them. Internal to the builders.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/table.hpp"
#include "results/tables/group.hpp"
#include "results/tables/reach.hpp"

namespace ravine::results {

std::string format_count(double value);  ///< "12", "12.5", "4605171"
std::string format_cost(double value);   ///< "12", "12.3", "1234": a decimal below 100
std::string format_seconds(const std::optional<double>& seconds);  ///< "1.23 µs"; "" for none
std::string format_tolerance(double level);                        ///< "1e-1", "2.5e-3", "1e-10"

/// Which signs a table used: each has a footnote.
struct Signs {
  bool partial = false, missed = false, not_available = false, at_start = false, between = false,
       below_floor = false, not_judged = false, clock = false;
};

/// "12 [10–14]", "12 [10–∞] 2/3", "—", "n/a", "start", "·"; the range only where asked for.
Cell reach_cell(const Reach& reach, Quantity quantity, bool range, Signs& signs);

/// "hit", "budget 2/3", "crash (SIGSEGV)", with "(clock 1/3)" where a limit in seconds ended a
/// trial.
Cell status_cell(const Row& row, Signs& signs);

/// "1e-6", "∇ 1e-4", "test_accuracy 0.8", with "°" below the rounding floor.
Column target_column(const Target& target, const std::string& unit, Signs& signs);

/// Marks the lowest median of a column among rows in which every run met the target, not at the
/// start. `medians[i]` is that of row i, empty where it does not compete.
void mark_best(Table& table, std::size_t column, const std::vector<std::optional<double>>& medians);
std::optional<double> competing_median(const Reach& reach);

/// What the signs mean.
std::vector<std::string> legend_of(const Signs& signs);

/// Why trials ended otherwise than by a hit or the budget, and what was left out.
std::vector<std::string> footnotes_of(const Group& group);

/// "15 runs each", "6 to 15 runs each".
std::string runs_text(const Group& group);

/// What a builder returns when there is no group.
Table empty_table(const Dataset& data);

}  // namespace ravine::results
