// The figures of the tables for programs: RFC 4180, units in the column names.
#pragma once

#include <string>
#include <vector>

#include "results/tables/summary.hpp"

namespace ravine::results {

/// A header line, then a line for each row. Reals read back to the same bits; a median of which too
/// many missed is Inf; nothing to show is an empty field.
std::string render_csv(const std::vector<SummaryRow>& rows);

}  // namespace ravine::results
