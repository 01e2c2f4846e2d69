// Reading a suite's TOML file: the only user of toml++.
#pragma once

#include <string>
#include <string_view>

#include "harness/error.hpp"
#include "harness/suite/suite.hpp"

namespace ravine::harness {

/// Parses a suite's text; `file` is how complaints name it. Throws UserError whose text begins with
/// file:line:column, says what was wrong and what to write instead (an unknown key is answered with
/// the nearest known one).
Suite parse_suite(std::string_view text, const std::string& file);

/// A schedule or an average as a command line gives it: its name alone, or the table that stands in
/// a suite ("{ name = \"cosine\", warmup = 500 }"). `key` is what a suite calls it, "schedule" or
/// "average"; complaints begin with it as an option, "--schedule: ".
NamedPart parse_named_part(const std::string& text, const std::string& key);

/// Reads and parses a file. Throws UserError when it cannot be read.
Suite load_suite(const std::string& path);

}  // namespace ravine::harness
