// ravine: runs the subcommands and turns what goes wrong into a sentence and an exit code.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "harness/cli/commands.hpp"
#include "harness/error.hpp"
#include "results/store_error.hpp"
#include "results/tables/options.hpp"

namespace {

using namespace ravine::harness;

int fail(int code, const char* what) {
  fmt::print(stderr, "error: {}\n", what);
  return code;
}

int code_of(const ravine::results::StoreError& error) {
  using Kind = ravine::results::StoreErrorKind;
  const bool ours = error.kind() == Kind::disk_full || error.kind() == Kind::other;
  return ours ? kExitHarnessError : kExitUserError;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app{
      "Ravine: a benchmark harness for optimizers.\n"
      "Runs optimizer plugins on suites of problems; reports iterations to tolerance and "
      "wall-clock per step."};
  app.set_version_flag("--version", RAVINE_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Start with:  ravine run quick      then:  ravine list optimizers\n"
      "A plugin of your own:  ravine run quick --plugin my_optimizer.so\n"
      "Exit codes: 0 done, 1 a gate or check failed, 2 the command or a file was wrong, 3 the "
      "harness failed.");
  int exit_code = kExitDone;
  add_run(app, exit_code);
  add_list(app, exit_code);
  add_table(app, exit_code);
  add_trace(app, exit_code);
  add_time(app, exit_code);
  add_export(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? kExitDone : kExitUserError;
  }
  return exit_code;
} catch (const UserError& e) {
  return fail(kExitUserError, e.what());
} catch (const ravine::results::SelectionError& e) {
  return fail(kExitUserError, e.what());
} catch (const ravine::results::StoreError& e) {
  return fail(code_of(e), e.what());
} catch (const std::exception& e) {
  return fail(kExitHarnessError, e.what());
}
