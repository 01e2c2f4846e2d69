// The subcommands: each file adds its own to the program.
#pragma once

namespace CLI {
class App;
}

namespace ravine::harness {

/// Each adds a subcommand whose callback sets `exit_code` (harness/error.hpp) or throws.
void add_run(CLI::App& app, int& exit_code);
void add_list(CLI::App& app, int& exit_code);
void add_table(CLI::App& app, int& exit_code);
void add_trace(CLI::App& app, int& exit_code);
void add_time(CLI::App& app, int& exit_code);
void add_export(CLI::App& app, int& exit_code);

}  // namespace ravine::harness
