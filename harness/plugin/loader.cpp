#include "harness/plugin/loader.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <link.h>

#include <array>
#include <boost/dll/shared_library.hpp>
#include <filesystem>
#include <set>

#include "harness/hash/sha256.hpp"
#include "harness/measure/float_state.hpp"
#include "harness/plugin/describe.hpp"
#include "harness/plugin/elf.hpp"

namespace ravine::harness {
namespace {

using Entry = const ravine_plugin*(std::uint64_t, char*, std::uint64_t);

// Never unloaded: what a library has started in this process may still run. Boost.DLL has no name
// for that flag, and hands its modes to the loader as they are.
constexpr auto kLoadMode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local |
                           static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);

class Library final : public LoadedPlugin {
 public:
  Library(boost::dll::shared_library library, PluginInfo info,
          const ravine_optimizer_factory* factory)
      : library_(std::move(library)), info_(std::move(info)), factory_(factory) {}

  [[nodiscard]] const PluginInfo& info() const override { return info_; }
  [[nodiscard]] const ravine_optimizer& optimizer(std::size_t index) const override {
    return *factory_->optimizers[index];
  }

 private:
  boost::dll::shared_library library_;
  PluginInfo info_;
  const ravine_optimizer_factory* factory_;
};

/// The files of all libraries in this process.
std::set<std::string> loaded_libraries() {
  std::set<std::string> files;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* into) {
        if (info->dlpi_name[0] == '/')
          static_cast<std::set<std::string>*>(into)->insert(info->dlpi_name);
        return 0;
      },
      &files);
  return files;
}

/// One hash over the libraries that came with a plugin: a bridge is as good as what it bridges.
std::string hash_of_new(const std::set<std::string>& before, const std::string& plugin) {
  std::string all;
  for (const std::string& file : loaded_libraries())
    if (!before.contains(file) && file != plugin) all += hex(sha256_of_file(file));
  return all.empty() ? "" : hex(sha256(all));
}

LoadResult failure(LoadError error, const std::string& path, const std::string& text) {
  return {nullptr, error, path + ": " + text};
}

/// What comes between two marks of the loader's message, or "".
std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from);
  if (begin == std::string::npos) return "";
  const auto start = begin + from.size();
  return text.substr(start, text.find(to, start) - start);
}

/// Boost.DLL wraps the loader's own message.
std::string own_words(const std::string& wrapped) {
  const auto begin = wrapped.find("dlerror system message: ");
  if (begin == std::string::npos) return wrapped;
  const auto start = begin + std::string_view("dlerror system message: ").size();
  return wrapped.substr(start, wrapped.rfind("): ") - start);
}

LoadResult explain(const std::string& path, const std::string& wrapped) {
  const std::string message = own_words(wrapped);
  if (message.find("position-independent executable") != std::string::npos)
    return failure(LoadError::not_a_library, path,
                   "an executable, not a shared library: link it with -shared");
  if (const std::string symbol = between(message, "undefined symbol: ", ","); !symbol.empty()) {
    const std::string name = symbol.substr(0, symbol.find_first_of(" \""));
    if (name.starts_with("__asan") || name.starts_with("__tsan") || name.starts_with("__ubsan") ||
        name.starts_with("__msan"))
      return failure(
          LoadError::sanitizer_mismatch, path,
          fmt::format(
              "built with a sanitizer ({}) that this harness is not: build both the same way",
              name));
    return failure(LoadError::undefined_symbol, path,
                   fmt::format("undefined symbol {}: link the library that defines it", name));
  }
  if (message.find("cannot open shared object file") != std::string::npos) {
    std::string library = message.substr(0, message.find(": cannot open"));
    if (const auto space = library.find_last_of(" \""); space != std::string::npos)
      library = library.substr(space + 1);
    return failure(
        LoadError::missing_dependency, path,
        fmt::format("needs {}, which is not there: install it, or link with -Wl,-rpath", library));
  }
  if (message.find("Asan") != std::string::npos || message.find("ASan") != std::string::npos)
    return failure(LoadError::sanitizer_mismatch, path, message);
  return failure(LoadError::other, path, message);
}

LoadResult without_entry(const boost::dll::shared_library& library, const std::string& path) {
  for (int major = 0; major < 100; ++major)
    if (const std::string name = fmt::format("ravine_plugin_v{}", major); library.has(name))
      return failure(
          LoadError::other_major, path,
          fmt::format(
              "built for version {} of the plugin interface; this harness speaks version {}: "
              "build it against this harness's ravine/plugin.h",
              major, RAVINE_ABI_MAJOR));
  return failure(
      LoadError::no_entry, path,
      "no entry: it must export ravine_plugin_v1 (see ravine/plugin.h); is it a Ravine plugin?");
}

PluginInfo describe(const ravine_plugin* table) {
  check_struct_size(table->struct_size, sizeof(ravine_plugin), "ravine_plugin");
  PluginInfo info;
  info.name = checked_text(table->name, "ravine_plugin.name");
  info.version = checked_text(table->version, "ravine_plugin.version");
  info.abi_minor = table->abi_minor;
  if (table->factory == nullptr) throw Malformed("ravine_plugin.factory is NULL: it is required");
  info.optimizers = describe_optimizers(
      static_cast<const ravine_optimizer_factory*>(table->factory(RAVINE_OPTIMIZERS)));
  info.offers_problems = table->factory(RAVINE_PROBLEMS) != nullptr;
  if (info.optimizers.empty() && !info.offers_problems)
    throw Malformed("it offers neither optimizers nor problems");
  return info;
}

}  // namespace

LoadResult load_plugin(const std::string& given) {
  std::error_code error;
  const std::filesystem::path resolved = std::filesystem::canonical(given, error);
  const std::string path = error ? given : resolved.string();
  std::string text;
  if (const LoadError wrong = examine_library(path, text); wrong != LoadError::none)
    return failure(wrong, path, text);

  const std::string hash = hex(sha256_of_file(path));
  const std::set<std::string> libraries = loaded_libraries();
  const FloatState before = FloatState::current();
  boost::dll::shared_library library;
  try {  // the error_code overload loses the loader's own message
    library.load(path, kLoadMode);
  } catch (const std::exception& e) {
    return explain(path, e.what());
  }
  const bool changed = FloatState::current() != before;
  before.restore();
  if (!library.has("ravine_plugin_v1")) return without_entry(library, path);

  std::array<char, 512> reason{};
  const ravine_plugin* table =
      library.get<Entry>("ravine_plugin_v1")(RAVINE_ABI_MINOR, reason.data(), reason.size());
  reason.back() = '\0';
  if (table == nullptr)
    return failure(LoadError::refused, path,
                   fmt::format("it refused to be loaded: {}",
                               reason[0] != 0 ? reason.data() : "without a word"));
  try {
    PluginInfo info = describe(table);
    info.path = path;
    info.hash = hash;
    info.libraries_hash = hash_of_new(libraries, path);
    if (changed)
      info.notes.emplace_back(
          "changed the floating-point state while loading (linked with -ffast-math?); restored");
    const auto* factory =
        static_cast<const ravine_optimizer_factory*>(table->factory(RAVINE_OPTIMIZERS));
    return {std::make_unique<Library>(std::move(library), std::move(info), factory),
            LoadError::none, ""};
  } catch (const Malformed& e) {
    return failure(LoadError::malformed, path, fmt::format("malformed table: {}", e.what()));
  }
}

}  // namespace ravine::harness
