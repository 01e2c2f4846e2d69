#include "harness/plugin/scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>

#include "harness/error.hpp"
#include "harness/install.hpp"
#include "harness/plugin/info_json.hpp"
#include "harness/plugin/loader.hpp"
#include "harness/process/child.hpp"

namespace ravine::harness {
namespace {

namespace fs = std::filesystem;
constexpr std::chrono::duration<double> kScanLimit{5.0};

/// The libraries in a folder, sorted; links followed, so that one library is found once.
std::vector<std::string> libraries_in(const std::string& folder) {
  std::set<std::string> files;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    if (it->path().extension() != ".so") continue;
    std::error_code broken;
    const fs::path file = fs::canonical(it->path(), broken);
    if (!broken && fs::is_regular_file(file, broken)) files.insert(file.string());
  }
  return {files.begin(), files.end()};
}

}  // namespace

void scan_plugin(const std::string& path, ScanResult& result) {
  const ChildOutput output = collect_from_child(kScanLimit, false, [&](int descriptor) {
    const LoadResult loaded = load_plugin(path);
    const std::string text =
        loaded.plugin ? "+" + to_json(loaded.plugin->info())
                      : fmt::format("-{} {}", static_cast<int>(loaded.error), loaded.text);
    return write_all(descriptor, text.data(), text.size()) ? kExitDone : kExitHarnessError;
  });
  const std::string& text = output.bytes;
  if (output.end.signal != 0 || output.end.exit_code != 0 || text.empty()) {
    const LoadError error = output.end.timed_out ? LoadError::hung : LoadError::died;
    result.failures.push_back(
        {path, error,
         fmt::format("{}: {} while it was loaded: static constructors must do nothing", path,
                     output.end.text())});
  } else if (text.front() == '+') {
    result.plugins.push_back(plugin_info_from_json(text.substr(1)));
  } else {
    const auto space = text.find(' ');
    result.failures.push_back({path,
                               static_cast<LoadError>(std::strtol(text.c_str() + 1, nullptr, 10)),
                               text.substr(space + 1)});
  }
}

PluginSources usual_sources(const std::vector<std::string>& named) {
  PluginSources sources;
  sources.named = named;
  if (const char* path = std::getenv("RAVINE_PLUGIN_PATH"); path != nullptr) {
    std::istringstream folders{path};
    for (std::string folder; std::getline(folders, folder, ':');)
      if (!folder.empty()) sources.searched.push_back(folder);
  }
  if (const std::string user = user_plugin_folder(); !user.empty())
    sources.searched.push_back(user);
  sources.bundled = plugin_folder();
  return sources;
}

ScanResult scan_sources(const PluginSources& sources) {
  ScanResult result;
  std::set<std::string> seen;
  const auto scan_once = [&](const std::string& file) {
    std::error_code error;
    const fs::path real = fs::canonical(file, error);
    if (seen.insert(error ? file : real.string()).second)
      scan_plugin(error ? file : real.string(), result);
  };
  for (const std::string& named : sources.named) {
    if (!fs::exists(named))
      throw UserError(fmt::format("--plugin {}: no such file or folder: check the path", named));
    if (fs::is_directory(named)) {
      const auto files = libraries_in(named);
      if (files.empty())
        throw UserError(fmt::format("--plugin {}: no library (*.so) in this folder", named));
      for (const auto& file : files) scan_once(file);
    } else {
      const std::size_t failures = result.failures.size();
      scan_once(named);
      if (result.failures.size() > failures)
        throw UserError("--plugin " + result.failures.back().text);
    }
  }
  for (const std::string& folder : sources.searched)
    for (const auto& file : libraries_in(folder)) scan_once(file);
  const std::size_t guests = result.plugins.size();
  for (const auto& file : libraries_in(sources.bundled)) scan_once(file);
  for (std::size_t i = guests; i < result.plugins.size(); ++i) result.plugins[i].bundled = true;
  return result;
}

}  // namespace ravine::harness
