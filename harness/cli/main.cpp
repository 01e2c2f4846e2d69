// ravine: runs the subcommands and turns what goes wrong into a sentence and an exit code.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iostream>
#include <system_error>

#include "harness/cli/commands.hpp"
#include "harness/error.hpp"
#include "harness/process/child.hpp"
#include "problems/text/nearest.hpp"
#include "results/store_error.hpp"
#include "results/tables/options.hpp"

namespace {

using namespace ravine::harness;

/// What is left in the buffers goes out; a full disk is told of, a reader that has gone is not.
int finish_output(int exit_code) {
  std::cout.flush();
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.good()) return exit_code;
  if (errno == EPIPE) return exit_code;
  fmt::print(stderr, "error: the output could not be written: {}\n", std::strerror(errno));
  return kExitHarnessError;
}

/// Large arrays on large pages: a process touches them for the first time 500 times less often, and
/// steps on a million variables take a fifth less (tests/benchmarks). glibc reads this at the start
/// of a program only, so the program starts itself once more. Somebody's own tunables stand.
void use_large_pages([[maybe_unused]] char** argv) {
#if !defined(RAVINE_SANITIZED)  // a sanitizer has an allocator of its own
  if (std::getenv("GLIBC_TUNABLES") != nullptr) return;
  setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", 1);
  std::error_code unknown;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
  execv(program.c_str(), argv);  // returns where it cannot: small pages do as well
#endif
}

/// CLI11 would say that a subcommand is required, and not which one was meant.
void check_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> known;
  for (const auto* command : app.get_subcommands({})) known.push_back(command->get_name());
  if (std::find(known.begin(), known.end(), argv[1]) == known.end())
    throw UserError(fmt::format("no command is called \"{}\"{}", argv[1],
                                ravine::problems::suggestion(argv[1], known)));
}

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
  use_large_pages(argv);
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has gone is an error to be met, not a death
  adopt_orphans();
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
      "harness failed,\n130 interrupted.");
  int exit_code = kExitDone;
  add_run(app, exit_code);
  add_list(app, exit_code);
  add_table(app, exit_code);
  add_trace(app, exit_code);
  add_time(app, exit_code);
  add_export(app, exit_code);
  check_command(app, argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return finish_output(app.exit(e) == 0 ? kExitDone : kExitUserError);
  }
  return finish_output(exit_code);
} catch (const UserError& e) {
  return fail(kExitUserError, e.what());
} catch (const ravine::results::SelectionError& e) {
  return fail(kExitUserError, e.what());
} catch (const ravine::results::StoreError& e) {
  return fail(code_of(e), e.what());
} catch (const std::system_error& e) {
  return e.code() == std::errc::broken_pipe ? kExitDone : fail(kExitHarnessError, e.what());
} catch (const std::exception& e) {
  return fail(kExitHarnessError, e.what());
}
