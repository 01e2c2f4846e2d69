// PluginInfo as JSON, between the child that scanned a library and the program.
#pragma once

#include <string>

#include "harness/plugin/info.hpp"

namespace ravine::harness {

std::string to_json(const PluginInfo& info);
PluginInfo plugin_info_from_json(const std::string& text);  ///< throws std::exception on damage

}  // namespace ravine::harness
