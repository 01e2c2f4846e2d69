// "Did you mean": the known word nearest to one that is not known.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace ravine::problems {

/// Least number of insertions, deletions, replacements and swaps of neighbours that turn `a` into
/// `b`, no part edited twice (optimal string alignment; Damerau, CACM 7 (1964) 171-176).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The word of `known` nearest to `word`, capitals and hyphens for underscores forgiven; the first
/// of equals. Empty when none is within a third of the longer one's length.
std::string nearest(std::string_view word, std::span<const std::string> known);

/// ", did you mean 'X'?" with the nearest known word, or ", known are: A, B, C" when none is near.
std::string suggestion(std::string_view word, std::span<const std::string> known);

}  // namespace ravine::problems
