// Numbers as text, independent of the locale.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ravine::problems {

/// The shortest decimal that reads back as the same double: "100", "0.6", "1e+07".
std::string decimal(double value);

/// `digits` significant digits, trailing zeros left out: "0.45".
std::string rounded(double value, int digits);

/// The number that the whole of `text` spells, or nothing.
std::optional<double> parse_number(std::string_view text);

}  // namespace ravine::problems
