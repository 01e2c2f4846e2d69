// Pieces of RFC 4180, and numbers that read back to the same bits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ravine::results {

/// Quoted where the field holds a comma, a quote, a line break or blanks at an end, or is empty
/// text: an unquoted empty field means "absent".
std::string csv_field(std::string_view text);

/// Fields that are encoded already, with commas between, and CR LF.
std::string csv_line(const std::vector<std::string>& fields);

/// The shortest text that reads back to the same double; "NaN", "Inf", "-Inf".
std::string exact_number(double value);
std::string exact_number(const std::optional<double>& value);  ///< "" for none

}  // namespace ravine::results
