// Patterns over names: `on` in a suite, --optimizer and --problem on the command line.
#pragma once

#include <string_view>

namespace ravine::harness {

/// Whether the whole of `text` fits `pattern`, in which * stands for any characters or none and ?
/// for exactly one (of UTF-8). Everything else stands for itself, capitals included. At most
/// pattern times text steps.
bool matches(std::string_view pattern, std::string_view text);

}  // namespace ravine::harness
