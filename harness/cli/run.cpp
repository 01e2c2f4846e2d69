// ravine run SUITE: every trial that the database has not, then the tables.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <set>
#include <thread>

#include "harness/cli/commands.hpp"
#include "harness/cli/common.hpp"
#include "harness/cli/numbers.hpp"
#include "harness/error.hpp"
#include "harness/plan/plan.hpp"
#include "harness/run/scheduler.hpp"
#include "problems/data/data_sets.hpp"
#include "results/store.hpp"
#include "results/tables/overview_table.hpp"

namespace ravine::harness {
namespace {

struct Arguments {
  std::string suite, database, shard, data_folder;
  std::vector<std::string> plugins;
  PlanFilter filter;
  RunOptions options;
  bool no_tables = false;
};

void parse_shard(const std::string& text, PlanFilter& filter) {
  if (text.empty()) return;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, filter.shard);
  const bool slash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
  const auto second = slash ? std::from_chars(first.ptr + 1, end, filter.shards) : first;
  if (!slash || second.ec != std::errc() || second.ptr != end || filter.shard < 1 ||
      filter.shard > filter.shards)
    throw UserError(fmt::format("--shard {}: write i/n with 1 <= i <= n, such as 2/4", text));
}

/// What the plan asked for, however much else the database holds.
results::Dataset of_plan(const results::Store& store, const Plan& plan) {
  std::set<std::string> ids;
  for (const auto& trial : plan.trials) ids.insert(trial.id);
  results::Dataset data = store.dataset();
  std::erase_if(data.trials, [&](const auto& trial) { return !ids.contains(trial.id); });
  std::erase_if(data.measurements, [&](const auto& m) { return !ids.contains(m.trial); });
  return data;
}

void tell(const RunSummary& s, const std::string& database) {
  std::string line =
      fmt::format("{} trials run, {} done before, results in {}", s.run, s.skipped, database);
  if (s.failed > 0) line += fmt::format("; {} failed (see their status)", s.failed);
  if (s.voided > 0)
    line += fmt::format("; {} could not be run and are left for the next time", s.voided);
  if (s.differing > 0) line += fmt::format("; {} gave other results than before", s.differing);
  fmt::print(stderr, "{}\n", line);
  if (s.interrupted)
    fmt::print(stderr, "interrupted: run the same command again to go on from here\n");
}

int run(Arguments& arguments) {
  const Suite suite = find_suite(arguments.suite);
  parse_shard(arguments.shard, arguments.filter);
  const auto& seeds = arguments.filter.seeds;
  if (std::set<std::uint64_t>(seeds.begin(), seeds.end()).size() != seeds.size())
    throw UserError("--seeds: a repetition is named twice: write each once");
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  if (arguments.options.jobs > cores)
    fmt::print(stderr, "warning: {} workers on {} cores: times will say little\n",
               arguments.options.jobs, cores);
  const std::vector<PluginInfo> plugins = find_plugins(arguments.plugins);
  const Registry registry(plugins);
  problems::DataSets data(arguments.data_folder);
  const Plan plan = make_plan(suite, registry, data, arguments.filter);
  if (plan.trials.empty()) {
    fmt::print(stderr, "{}: no trial falls into shard {}\n", suite.name, arguments.shard);
    return kExitDone;
  }
  const std::string database = arguments.database.empty() ? suite.name + ".db" : arguments.database;
  results::Store store = results::Store::open(database, results::OpenMode::append);
  fmt::print(stderr, "{}: {} trials, {} at a time, into {}\n", suite.name, plan.trials.size(),
             arguments.options.jobs, database);
  if (arguments.options.in_process)
    fmt::print(stderr,
               "in process: a plugin that crashes, hangs or exits takes this run along; state and "
               "memory figures are shared\n");
  const RunSummary summary = run_plan(plan, plugins, data, store, arguments.options);
  const results::Dataset measured = of_plan(store, plan);
  store.close();  // before anything is printed: a reader that leaves must not leave the file open
  if (!arguments.no_tables) show_tables(results::overview_tables(measured));
  tell(summary, database);
  return summary.interrupted ? 130 : summary.voided > 0 ? kExitHarnessError : kExitDone;
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  Arguments& a = *arguments;
  a.options.jobs = std::max(1U, std::thread::hardware_concurrency());
  a.data_folder = "/usr/share/datasets/fashion-mnist";
  CLI::App* command = app.add_subcommand("run", "Run a suite; the same command again resumes it");
  command->add_option("SUITE", a.suite, "A suite's name (see: ravine list suites) or TOML file")
      ->required();
  command
      ->add_option("--plugin", a.plugins,
                   "A plugin, or a folder of them; may be given several times")
      ->type_name("FILE|FOLDER");
  command->add_option("--db", a.database, "Database of the results (default: SUITE.db)")
      ->type_name("FILE");
  command->add_option("-j,--jobs", a.options.jobs, "Workers at a time")
      ->check(whole_number(1, 1024))
      ->capture_default_str();
  command
      ->add_option("--optimizer", a.filter.optimizers,
                   "Only these optimizers (ids or labels; * and ? match)")
      ->type_name("NAME");
  command
      ->add_option("--problem", a.filter.problems,
                   "Only these problems (families or labels; * and ? match)")
      ->type_name("NAME");
  command->add_option("--seeds", a.filter.seeds, "Only these repetitions, in place of the suite's")
      ->delimiter(',')
      ->check(whole_number())
      ->type_name("N,N,...");
  command->add_option("--shard", a.shard, "Only the i-th of n parts of the suite, for clusters")
      ->type_name("i/n");
  command->add_option("--data", a.data_folder, "Folder of Fashion-MNIST's files")
      ->type_name("FOLDER")
      ->capture_default_str();
  command->add_flag("--retry", a.options.retry,
                    "Run again what a limit in seconds or memory had stopped (after raising it)");
  command->add_flag("--in-process", a.options.in_process, "No worker processes: for a debugger");
  command->add_flag("--show-output", a.options.show_output, "Let plugins write to the terminal");
  command->add_flag("-q,--quiet", a.options.quiet, "No progress line");
  command->add_flag("--no-tables", a.no_tables, "Do not end with the tables");
  command->footer(
      "Plugins in $RAVINE_PLUGIN_PATH and in ~/.local/share/ravine/plugins are found without "
      "--plugin.\n"
      "Optimizers of plugins that the suite does not name take part with their defaults.");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace ravine::harness
