// Loading a plugin into this process: the only user of Boost.DLL. Done in child processes only,
// unless a debugger asks for it; a library is never unloaded.
#pragma once

#include <memory>
#include <string>

#include "harness/plugin/info.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {

class LoadedPlugin {
 public:
  LoadedPlugin() = default;
  LoadedPlugin(const LoadedPlugin&) = delete;
  LoadedPlugin& operator=(const LoadedPlugin&) = delete;
  virtual ~LoadedPlugin() = default;

  [[nodiscard]] virtual const PluginInfo& info() const = 0;
  /// The tables of its optimizers, in the order of info().optimizers.
  [[nodiscard]] virtual const ravine_optimizer& optimizer(std::size_t index) const = 0;
};

/// A library, or the reason why not: `text` names the file and says what to do.
struct LoadResult {
  std::unique_ptr<LoadedPlugin> plugin;
  LoadError error = LoadError::none;
  std::string text;
};

/// Resolves, hashes, opens (RTLD_NOW | RTLD_LOCAL) and checks the tables of a library. Restores the
/// floating-point state that its constructors may have changed, and notes it. Never throws for what
/// is wrong with the library.
LoadResult load_plugin(const std::string& path);

}  // namespace ravine::harness
