// ravine table DB: the tables of a database.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <set>

#include "harness/cli/commands.hpp"
#include "harness/cli/common.hpp"
#include "harness/error.hpp"
#include "harness/suite/glob.hpp"
#include "results/newest.hpp"
#include "results/render/csv.hpp"
#include "results/render/markdown.hpp"
#include "results/store.hpp"
#include "results/tables/cost_table.hpp"
#include "results/tables/endings_table.hpp"
#include "results/tables/hits_table.hpp"
#include "results/tables/metrics_table.hpp"
#include "results/tables/overview_table.hpp"
#include "results/tables/summary.hpp"
#include "results/tables/sweep_table.hpp"
#include "results/tables/theory_table.hpp"
#include "results/tables/time_table.hpp"

namespace ravine::harness {
namespace {

struct Arguments {
  std::string database, kind = "overview", format = "terminal";
  results::TableOptions options;
  bool all = false;
};

std::vector<results::Table> build(const Arguments& a, const results::Dataset& data) {
  if (a.kind == "iterations") return results::hits_tables(data, a.options);
  if (a.kind == "cost") return results::cost_tables(data, a.options);
  if (a.kind == "seconds") return results::seconds_tables(data, a.options);
  if (a.kind == "time") return results::time_tables(data, a.options);
  if (a.kind == "sweeps") return results::sweep_tables(data, a.options);
  if (a.kind == "theory") return results::theory_tables(data, a.options);
  if (a.kind == "endings") return results::ending_tables(data, a.options);
  if (a.kind == "metrics") return results::metric_tables(data, a.options);
  return results::overview_tables(data, a.options);
}

/// Each pattern as the names of the data that fit it; one that fits none stays, to be complained
/// of.
std::vector<std::string> spelled_out(const std::vector<std::string>& patterns,
                                     const std::set<std::string>& names) {
  std::vector<std::string> result;
  for (const std::string& pattern : patterns) {
    const std::size_t before = result.size();
    std::ranges::copy_if(names, std::back_inserter(result),
                         [&](const std::string& name) { return matches(pattern, name); });
    if (result.size() == before) result.push_back(pattern);
  }
  return result;
}

int table(Arguments a) {
  const auto store = results::Store::open(a.database, results::OpenMode::read_only);
  const bool with_traces = a.kind == "theory" || a.kind == "sweeps" || a.kind == "metrics";
  results::Dataset data =
      store.dataset(with_traces ? results::Detail::full : results::Detail::hits);
  if (!a.all)
    if (const std::size_t older = results::keep_newest(data); older > 0)
      fmt::print(stderr,
                 "note: {} trials of other versions of a plugin, problem or suite are left out; "
                 "--all shows them\n",
                 older);
  std::set<std::string> optimizers, problems;
  for (const auto& trial : data.trials) {
    optimizers.insert({trial.optimizer, trial.optimizer_label});
    problems.insert({trial.problem, trial.problem_label});
  }
  a.options.optimizers = spelled_out(a.options.optimizers, optimizers);
  a.options.problems = spelled_out(a.options.problems, problems);
  if (a.format == "csv") {
    fmt::print("{}", results::render_csv(results::summarize(data, a.options)));
  } else if (a.format == "markdown") {
    fmt::print("{}", results::render_markdown(build(a, data)));
  } else {
    show_tables(build(a, data));
  }
  return kExitDone;
}

}  // namespace

void add_table(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  Arguments& a = *arguments;
  CLI::App* command = app.add_subcommand("table", "Show the tables of a database");
  command->add_option("DB", a.database, "Database that a run wrote")->required();
  command
      ->add_option("--show", a.kind,
                   "overview; iterations, cost (oracle cost) or seconds to each target; time (per "
                   "step); sweeps (against what the suite sweeps); theory (predicted beside "
                   "measured); endings (the share of starts in each minimum); metrics (at the end)")
      ->check(CLI::IsMember({"overview", "iterations", "cost", "seconds", "time", "sweeps",
                             "theory", "endings", "metrics"}))
      ->capture_default_str();
  command
      ->add_option("--format", a.format,
                   "terminal, markdown or csv (one row a problem, optimizer and target)")
      ->check(CLI::IsMember({"terminal", "markdown", "csv"}))
      ->capture_default_str();
  command->add_option("--target", a.options.targets,
                      "Only these targets: a name (\"relative 1e-06\") or a level (1e-6)");
  command->add_option("--optimizer", a.options.optimizers,
                      "Only these optimizers (ids or labels; * and ? match)");
  command->add_option("--problem", a.options.problems,
                      "Only these problems (families or labels; * and ? match)");
  command->add_option("--metric", a.options.metric,
                      "Only targets of this metric, such as test_accuracy");
  command->add_flag("--all", a.all, "Trials of older plugins, problems and suites too");
  command->callback([arguments, &exit_code] { exit_code = table(*arguments); });
}

}  // namespace ravine::harness
