// ravine export DB: rows of the database for other programs.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <fstream>
#include <iostream>

#include "harness/cli/commands.hpp"
#include "harness/error.hpp"
#include "results/export.hpp"
#include "results/schema.hpp"
#include "results/store.hpp"

namespace ravine::harness {
namespace {

struct Arguments {
  std::string database, table = "trials", format = "csv", output;
};

int export_table(const Arguments& a) {
  const auto store = results::Store::open(a.database, results::OpenMode::read_only);
  const auto format =
      a.format == "csv" ? results::ExportFormat::csv : results::ExportFormat::json_lines;
  const auto known = results::table_names();
  if (std::find(known.begin(), known.end(), a.table) == known.end())
    throw UserError(
        fmt::format("no table is called \"{}\": write one of {}", a.table, fmt::join(known, ", ")));
  if (a.output.empty()) {
    errno = 0;
    try {
      results::export_rows(store, a.table, format, std::cout);
    } catch (const results::StoreError&) {
      if (std::cout.good() || errno != EPIPE) throw;  // else the reader has seen enough
    }
    return kExitDone;
  }
  std::ofstream file(a.output);
  if (!file)
    throw UserError(
        fmt::format("-o {}: cannot be written: check the folder and its permissions", a.output));
  results::export_rows(store, a.table, format, file);
  return kExitDone;
}

}  // namespace

void add_export(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  Arguments& a = *arguments;
  CLI::App* command = app.add_subcommand("export", "Write rows of a database as CSV or JSON Lines");
  command->add_option("DB", a.database, "Database that a run wrote")->required();
  command
      ->add_option("--table", a.table,
                   fmt::format("One of {}", fmt::join(results::table_names(), ", ")))
      ->capture_default_str();
  command->add_option("--format", a.format, "csv or jsonl")
      ->check(CLI::IsMember({"csv", "jsonl"}))
      ->capture_default_str();
  command->add_option("-o,--output", a.output, "File to write (default: standard output)")
      ->type_name("FILE");
  command->callback([arguments, &exit_code] { exit_code = export_table(*arguments); });
}

}  // namespace ravine::harness
