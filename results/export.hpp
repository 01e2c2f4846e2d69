// Rows of the database for other programs.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string_view>

#include "results/store.hpp"

namespace ravine::results {

enum class ExportFormat : std::int32_t {
  csv,         ///< RFC 4180 with a header line; an absent value is an empty field
  json_lines,  ///< one object a row; an absent value is null
};

/// Writes every row of one of `table_names()` (results/schema.hpp): "trials" joins each trial with
/// its measurements and step times, the others are the tables as stored. Reals are written so that
/// they read back to the same bits; NaN and infinities as NaN, Inf and -Inf (in JSON as strings).
/// A vector is one field of numbers with blanks between them (in JSON an array).
/// Throws StoreError: `other` for an unknown name, with the known ones; or if `out` fails.
void export_rows(const Store& store, std::string_view table, ExportFormat format,
                 std::ostream& out);

}  // namespace ravine::results
