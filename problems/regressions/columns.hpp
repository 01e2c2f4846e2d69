// Coordinates of a mean loss: a partial derivative costs a column of the samples.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "problems/problem.hpp"
#include "problems/regressions/passes.hpp"

namespace ravine::problems {

/// The rows of a selection, column by column: entries of column j are values[starts[j]] ..., in
/// rows `rows` where the samples are sparse, in all of them in order where they are dense.
struct Columns {
  std::uint64_t count = 0;  ///< rows
  std::vector<double> values;
  std::vector<double> labels;
  std::vector<std::uint64_t> starts;
  std::vector<std::uint32_t> rows;
};

Columns by_columns(const Selection& selection);

/// Keeps the margins, slopes and curvatures of all rows: a move costs its column, and so does a
/// partial. `columns` are those of the selection, which is not kept.
std::unique_ptr<Cursor> column_cursor(Loss loss, double l2, const Selection& selection,
                                      std::shared_ptr<const Columns> columns,
                                      std::span<const double> x);

}  // namespace ravine::problems
