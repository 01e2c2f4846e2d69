// ravine time OPTIMIZER: wall-clock per step over dimensions, with the fitted growth.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/common.hpp"
#include "harness/cli/numbers.hpp"
#include "harness/cli/single.hpp"
#include "harness/error.hpp"
#include "harness/measure/step_benchmark.hpp"
#include "harness/process/child.hpp"
#include "problems/data/data_sets.hpp"

namespace ravine::harness {
namespace {

struct Arguments {
  SingleRequest request;
  std::vector<std::string> plugins;
  std::vector<std::uint64_t> dimensions{100, 1000, 10000, 100000};
  double seconds = 0.2;
  double limit = 600;
};

int time_steps(const Arguments& a) {
  const auto plugins = find_plugins(a.plugins);
  const Registry registry(plugins);
  problems::DataSets data;
  std::vector<TrialSpec> trials;
  for (const std::uint64_t n : a.dimensions) {
    SingleRequest request = a.request;
    request.problem_set.push_back(fmt::format("n={}", n));
    trials.push_back(single_trial(request, registry, data));
  }
  const pid_t child = fork_child(true, [&] {
    const LoadResult loaded = load_plugin(plugins[trials.front().plugin].path);
    if (!loaded.plugin) throw HarnessError(loaded.text);
    return benchmark_steps(trials, a.dimensions, *loaded.plugin, data, a.seconds) ? kExitDone
                                                                                  : kExitUserError;
  });
  const ChildEnd end = await_child(child, std::chrono::duration<double>(a.limit));
  if (end.signal != 0) throw UserError(fmt::format("{}: {}", a.request.optimizer, end.text()));
  return end.exit_code;
}

}  // namespace

void add_time(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  Arguments& a = *arguments;
  a.request.problem = "quadratic";
  CLI::App* command =
      app.add_subcommand("time", "Wall-clock per step over dimensions, by Google Benchmark");
  command->add_option("OPTIMIZER", a.request.optimizer, "Id of an optimizer")->required();
  command->add_option("PROBLEM", a.request.problem, "A family with a parameter n")
      ->capture_default_str();
  command->add_option("--n", a.dimensions, "Dimensions")
      ->delimiter(',')
      ->check(whole_number(1, 100000000))
      ->type_name("N,N,...")
      ->capture_default_str();
  command->add_option("--set", a.request.set, "A hyperparameter")->type_name("NAME=VALUE");
  command->add_option("--problem-set", a.request.problem_set, "A parameter of the problem")
      ->type_name("NAME=VALUE");
  command->add_option("--seconds", a.seconds, "At least this long for each dimension")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--limit", a.limit, "Give up after this many seconds")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command
      ->add_option("--plugin", a.plugins,
                   "A plugin, or a folder of them; may be given several times")
      ->type_name("FILE|FOLDER");
  command->callback([arguments, &exit_code] { exit_code = time_steps(*arguments); });
}

}  // namespace ravine::harness
