// What a file holds, quoted in a message.
#pragma once

#include <string>
#include <string_view>

namespace ravine::problems {

/// `text` with its control characters as "\x00": a NUL would end a message, others would reach the
/// terminal. Everything else as it is, UTF-8 too.
std::string printable(std::string_view text);

}  // namespace ravine::problems
