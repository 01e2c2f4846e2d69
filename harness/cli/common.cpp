#include "harness/cli/common.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "harness/error.hpp"
#include "harness/hash/sha256.hpp"
#include "harness/install.hpp"
#include "harness/plugin/scan.hpp"
#include "harness/suite/parse.hpp"
#include "problems/text/nearest.hpp"
#include "results/render/terminal.hpp"

namespace ravine::harness {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kWidthElsewhere = 120;

Suite load_hashed(const std::string& file) {
  Suite suite = load_suite(file);
  suite.hash = hex(sha256_of_file(file));
  return suite;
}

}  // namespace

std::vector<PluginInfo> find_plugins(const std::vector<std::string>& named) {
  ScanResult scan = scan_sources(usual_sources(named));
  for (const auto& failure : scan.failures)
    fmt::print(stderr, "warning: plugin left out: {}\n", failure.text);
  for (const auto& plugin : scan.plugins)
    if (plugin.offers_problems)
      fmt::print(stderr,
                 "warning: {} offers problems, which this version does not run: only its "
                 "optimizers are used\n",
                 plugin.path);
  return std::move(scan.plugins);
}

std::vector<KnownSuite> known_suites() {
  std::vector<KnownSuite> suites;
  std::error_code error;
  for (auto it = fs::directory_iterator(suite_folder(), error);
       !error && it != fs::directory_iterator(); it.increment(error))
    if (it->path().extension() == ".toml")
      suites.push_back({it->path().stem().string(), it->path().string()});
  std::sort(suites.begin(), suites.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return suites;
}

Suite find_suite(const std::string& given) {
  std::vector<std::string> names;
  for (const auto& suite : known_suites()) {
    if (suite.name == given) return load_hashed(suite.file);
    names.push_back(suite.name);
  }
  if (given.ends_with(".toml") || given.find('/') != std::string::npos || fs::exists(given))
    return load_hashed(given);
  throw UserError(fmt::format("no suite is called \"{}\"{}; a file of your own ends in .toml",
                              given, problems::suggestion(given, names)));
}

void show_tables(const std::vector<results::Table>& tables) {
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  winsize size{};
  const bool known = terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  const results::TerminalOptions options{known ? size.ws_col : kWidthElsewhere,
                                         terminal && std::getenv("NO_COLOR") == nullptr};
  fmt::print("{}\n", results::render_terminal(tables, options));
  std::fflush(stdout);  // what comes after it on standard error comes after it
}

std::vector<Setting> parse_assignments(const std::vector<std::string>& words,
                                       const std::string& option) {
  std::vector<Setting> settings;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      throw UserError(fmt::format("{} {}: write NAME=VALUE", option, word));
    const std::string name = word.substr(0, equals);
    if (std::any_of(settings.begin(), settings.end(),
                    [&](const Setting& given) { return given.name == name; }))
      throw UserError(fmt::format("{} {}: {} is given twice: write it once", option, word, name));
    const std::string text = word.substr(equals + 1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc() && end == text.data() + text.size();
    settings.push_back(
        {name, {is_number ? Scalar(number) : Scalar(text)}, {option, 0, 0}, {option, 0, 0}});
  }
  return settings;
}

}  // namespace ravine::harness
