// What is checked of a suite's characters before toml++ sees them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harness/suite/suite.hpp"

namespace ravine::harness::parsing {

/// Line and column, in characters of UTF-8, of the byte at `offset`.
[[nodiscard]] Place place_at(std::string_view text, std::size_t offset, const std::string& file);

/// The first character beyond ASCII that stands where TOML allows none, outside of texts and
/// comments, or where toml++ 3.3.0 has undefined behaviour with some of them, after a backslash
/// that ends a line: npos when there is none. Stops at a text that does not end.
[[nodiscard]] std::size_t first_misplaced_character(std::string_view text);

}  // namespace ravine::harness::parsing
