// Finding out what libraries offer, each in a child process that may die of it.
#pragma once

#include <string>
#include <vector>

#include "harness/plugin/info.hpp"

namespace ravine::harness {

/// A library that could not be used, and why: one line that names the file.
struct ScanFailure {
  std::string path;
  LoadError error = LoadError::other;
  std::string text;
};

struct ScanResult {
  std::vector<PluginInfo> plugins;  ///< sorted by path, each file once
  std::vector<ScanFailure> failures;
};

/// A plugin's own word, or its failure; killed when it takes longer than five seconds.
void scan_plugin(const std::string& path, ScanResult& result);

/// Where plugins come from, in the order in which they are searched.
struct PluginSources {
  std::vector<std::string> named;  ///< --plugin: files or folders; a file that fails is an error
  std::vector<std::string>
      searched;         ///< RAVINE_PLUGIN_PATH and the user's folder, where they exist
  std::string bundled;  ///< our own, beside the program
};

/// The usual sources: `named` from the command line, RAVINE_PLUGIN_PATH (colon-separated),
/// $XDG_DATA_HOME/ravine/plugins or ~/.local/share/ravine/plugins, and the bundled folder.
PluginSources usual_sources(const std::vector<std::string>& named);

/// Scans all sources. Throws UserError for a named file that cannot be loaded or a named path that
/// is not there; a file in a folder that cannot be used is a failure and the others are used.
ScanResult scan_sources(const PluginSources& sources);

}  // namespace ravine::harness
