// Text of unknown origin on a terminal: made harmless, and measured.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ravine::results {

/// The text with control characters, escape sequences, marks that turn the direction of writing,
/// and bytes that are not UTF-8 spelt out ("\x1b", "\u202e"), so that a plugin's name cannot move
/// the cursor or forge a row.
std::string sanitize(std::string_view text);

/// Columns that the text takes on a terminal: 0 for combining marks, 2 for wide East Asian
/// characters and emoji. Expects UTF-8; any other byte counts 1.
std::size_t display_width(std::string_view text);

/// Pieces of at most `width` columns, broken after a blank, comma, underscore or bracket
/// where there is one; at least one piece. `width` is at least 2.
std::string wrap_text(std::string_view text, std::size_t width, std::string_view separator = "\n");

}  // namespace ravine::results
