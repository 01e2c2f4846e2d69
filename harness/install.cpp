#include "harness/install.hpp"

#include <cstdlib>
#include <filesystem>

namespace ravine::harness {
namespace {

namespace fs = std::filesystem;

/// The first of <prefix>/<relative...> that exists, where the program is <prefix>/bin/ravine.
std::string beside_program(std::initializer_list<const char*> candidates) {
  const fs::path prefix = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
  for (const char* candidate : candidates)
    if (fs::is_directory(prefix / candidate)) return (prefix / candidate).string();
  return (prefix / *candidates.begin()).string();
}

}  // namespace

std::string plugin_folder() {
  return beside_program({RAVINE_LIBDIR "/ravine/plugins", "lib/ravine/plugins"});
}

std::string suite_folder() { return beside_program({"share/ravine/suites"}); }

std::string user_plugin_folder() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0')
    return std::string(data) + "/ravine/plugins";
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? "" : std::string(home) + "/.local/share/ravine/plugins";
}

}  // namespace ravine::harness
