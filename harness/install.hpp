// Where the program's own files are: one rule for the build tree and for an installation, relative
// to the executable.
#pragma once

#include <string>

namespace ravine::harness {

std::string plugin_folder();       ///< bundled plugins
std::string suite_folder();        ///< suites that are known by name
std::string user_plugin_folder();  ///< $XDG_DATA_HOME/ravine/plugins; "" without a home

}  // namespace ravine::harness
