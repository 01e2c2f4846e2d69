// A first look at a file before the loader sees it: what the loader's own message would not tell.
#pragma once

#include <string>

#include "harness/plugin/info.hpp"

namespace ravine::harness {

/// none when the file is a shared library for this machine; else what it is, in `text`.
LoadError examine_library(const std::string& path, std::string& text);

}  // namespace ravine::harness
