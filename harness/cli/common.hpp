// What several subcommands share: where plugins and suites come from, and how tables are shown.
#pragma once

#include <string>
#include <vector>

#include "harness/plugin/info.hpp"
#include "harness/suite/suite.hpp"
#include "results/table.hpp"

namespace ravine::harness {

/// The plugins of the usual sources; those that could not be used are told of on standard error.
std::vector<PluginInfo> find_plugins(const std::vector<std::string>& named);

/// The suites known by name: names and files, sorted.
struct KnownSuite {
  std::string name, file;
};
std::vector<KnownSuite> known_suites();

/// A suite by name or file. Throws UserError; an unknown name is answered with the nearest known.
Suite find_suite(const std::string& name_or_file);

/// Terminal tables on standard output: as wide as the terminal, coloured only on one (and never
/// with NO_COLOR set).
void show_tables(const std::vector<results::Table>& tables);

/// "NAME=VALUE" words of the command line as settings; a value that is a number becomes one. Throws
/// UserError for a word without "=" and for a name that is given twice.
std::vector<Setting> parse_assignments(const std::vector<std::string>& words,
                                       const std::string& option);

}  // namespace ravine::harness
