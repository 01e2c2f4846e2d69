// ravine trace OPTIMIZER PROBLEM: every iterate, its value and counts, as CSV at full precision.
// ravine trace --schedule SCHEDULE: its multipliers alone.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "harness/cli/commands.hpp"
#include "harness/cli/common.hpp"
#include "harness/cli/numbers.hpp"
#include "harness/cli/single.hpp"
#include "harness/error.hpp"
#include "harness/plan/parts.hpp"
#include "harness/plan/problem_facts.hpp"
#include "harness/process/child.hpp"
#include "harness/suite/parse.hpp"
#include "harness/worker/worker.hpp"
#include "problems/catalog.hpp"
#include "problems/data/data_sets.hpp"
#include "results/status.hpp"

namespace ravine::harness {
namespace {

/// Exit code of the child whose rows did not go out.
constexpr int kNotWritten = 4;

struct Arguments {
  SingleRequest request;
  std::vector<std::string> plugins;
  std::string data_folder = "/usr/share/datasets/fashion-mnist";
  std::size_t coordinates = 20;
  std::vector<double> smooth;  ///< betas
  std::string x0;              ///< in place of the problem's own
  bool has_x0 = false;
  std::uint64_t steps_per_epoch = 1;  ///< of a schedule alone
};

CLI::Validator beta_below_one() {
  const auto check = [](const std::string& text) -> std::string {
    double beta = 0;
    const bool fits = CLI::detail::lexical_cast(text, beta) && beta >= 0 && beta < 1;
    return fits ? "" : fmt::format("beta = '{}' is not in [0, 1)", text);
  };
  return {check, "", "beta"};
}

/// The exponential mean of a series, as it is and divided by the sum of its weights.
class Smoothed {
 public:
  explicit Smoothed(double beta) : weight_(beta) {}
  void add(double value) {
    weight_.advance();
    raw_ = weight_.beta() * raw_ + (1 - weight_.beta()) * value;
  }
  [[nodiscard]] std::string header() const {
    return fmt::format(",ema_{0},ema_{0}_corrected", weight_.beta());
  }
  [[nodiscard]] std::string text() const {
    return fmt::format(",{:.17g},{:.17g}", raw_, raw_ / weight_.sum());
  }

 private:
  ExponentialWeight weight_;
  double raw_ = 0;
};

/// Writes the rows as they come, so that a trace that dies half-way shows how far it got.
class Writer {
 public:
  Writer(std::FILE* out, const Arguments& a, const ProblemFacts& facts, const Area& area)
      : out_(out),
        coordinates_(std::min<std::size_t>(a.coordinates, facts.n)),
        metrics_(facts.metrics.size()),
        shows_multiplier_(!a.request.schedule.empty()),
        smoothed_(a.smooth.begin(), a.smooth.end()),
        area_(area) {
    std::string header =
        "iteration,stage,value,gradient_max_norm,step_value,oracle_cost,values,gradients,hessian_"
        "vectors,hessians,samples";
    if (shows_multiplier_) header += ",multiplier";
    for (const Smoothed& series : smoothed_) header += series.header();
    for (const auto& metric : facts.metrics) header += "," + metric;
    for (std::size_t i = 0; i < coordinates_; ++i) header += fmt::format(",x{}", i);
    write(header);
  }

  void operator()(const AreaTrace& t, std::span<const double> x) {
    const auto optional = [](bool has, double v) {
      return has ? fmt::format("{:.17g}", v) : std::string();
    };
    const results::Counts& c = area_.counts;
    std::string row = fmt::format("{},{},{},{},{},{:.17g},{},{},{},{},{}", t.iteration, t.stage,
                                  optional(t.has_value != 0, t.value),
                                  optional(t.has_gradient_norm != 0, t.gradient_norm),
                                  optional(t.has_step_value != 0, t.step_value), t.oracle_cost,
                                  c.values, c.gradients, c.hessian_vectors, c.hessians, c.samples);
    if (shows_multiplier_) row += "," + optional(t.iteration > 0, area_.multiplier);
    for (Smoothed& series : smoothed_) {
      if (t.has_step_value != 0) series.add(t.step_value);
      row += t.has_step_value != 0 ? series.text() : ",,";
    }
    for (std::size_t i = 0; i < metrics_; ++i) row += fmt::format(",{:.17g}", t.metrics[i]);
    for (std::size_t i = 0; i < coordinates_; ++i) row += fmt::format(",{:.17g}", x[i]);
    write(row);
  }

 private:
  /// What cannot be written shows in ferror.
  void write(std::string row) const {
    row += '\n';
    (void)std::fputs(row.c_str(), out_);
  }

  std::FILE* out_;
  std::size_t coordinates_, metrics_;
  bool shows_multiplier_;
  std::vector<Smoothed> smoothed_;
  const Area& area_;
};

/// The multiplier of each step, with nothing to run.
int trace_schedule(const Arguments& a) {
  const NamedPart part = parse_named_part(a.request.schedule, "schedule");
  if (part.name == "reduce_on_plateau")
    throw UserError(
        "--schedule: reduce_on_plateau follows the values of a run: give an OPTIMIZER "
        "and a PROBLEM too");
  const auto epochs = static_cast<double>(a.request.steps) / static_cast<double>(a.steps_per_epoch);
  const Horizon horizon{static_cast<double>(a.request.steps), epochs};
  const std::vector<std::size_t> first(part.parameters.size(), 0);
  Schedule schedule(schedule_at(part, first, {}, horizon));
  fmt::print("step,epoch,multiplier\n");
  for (std::uint64_t step = 0; step <= a.request.steps; ++step) {
    const auto epoch = static_cast<double>(step) / static_cast<double>(a.steps_per_epoch);
    fmt::print("{},{:.17g},{:.17g}\n", step, epoch, schedule.multiplier(step, epoch));
  }
  return kExitDone;
}

int trace(const Arguments& a) {
  if (a.request.optimizer.empty() && !a.request.schedule.empty()) return trace_schedule(a);
  if (a.request.optimizer.empty() || a.request.problem.empty())
    throw UserError(
        "give an OPTIMIZER and a PROBLEM, such as 'ravine trace adam quadratic', or "
        "--schedule alone");
  const auto plugins = find_plugins(a.plugins);
  const Registry registry(plugins);
  problems::DataSets data(a.data_folder);
  SingleRequest request = a.request;
  if (a.has_x0) request.x0 = finite_numbers(a.x0, "--x0");
  TrialSpec trial = single_trial(request, registry, data);
  DataHash data_hash;
  const auto facts = facts_of(*problems::find_family(trial.family), trial.parameters,
                              trial.instance, data, data_hash);
  if (!trial.start.empty() && trial.start.size() != facts.n)
    throw UserError(
        fmt::format("--x0 has {} values; the problem has n = {}", trial.start.size(), facts.n));
  // A gradient target that is never met makes the judge ask for gradients, which the trace shows.
  trial.targets = {{.name = "gradient",
                    .kind = results::TargetKind::gradient,
                    .metric = {},
                    .level = -1,
                    .decides = false}};

  const SharedArea area;
  const int out = dup(STDOUT_FILENO);  // the plugin's own standard output is elsewhere
  const pid_t child = fork_child(false, [&] {
    const LoadResult loaded = load_plugin(plugins[trial.plugin].path);
    if (!loaded.plugin) {
      area->set_reason(loaded.text.c_str());
      return kExitUserError;
    }
    std::FILE* file = fdopen(out, "w");
    std::setvbuf(file, nullptr, _IOLBF, 1 << 16);  // a row that was reached is a row that is seen
    KeptProblem problem;
    run_guarded(trial, *loaded.plugin, problem, data, *area, now_ns(),
                Writer(file, a, facts, *area));
    return std::ferror(file) == 0 && std::fclose(file) == 0 ? kExitDone : kNotWritten;
  });
  close(out);
  const ChildEnd end = await_child(child, std::chrono::duration<double>(trial.budget_seconds + 10));
  end_orphans();
  if (end.signal == SIGPIPE) return kExitDone;  // the reader has seen enough
  if (end.signal == 0 && end.exit_code == kNotWritten)
    throw HarnessError("the rows could not be written: is the disk full?");
  const bool whole = area->phase.load() >= Phase::final;
  const std::string how =
      whole ? fmt::format("{}: {}", results::name_of(area->status), area->reason.data())
            : end.text();
  fmt::print(stderr, "{} on {}: {} iterations, oracle cost {:g}; {}\n", trial.optimizer_label,
             trial.problem_label,
             area->has_iterations != 0 ? fmt::format("{}", area->iterations) : "n/a",
             area->oracle_cost, how);
  for (std::uint32_t i = 0; i < area->note_count; ++i)
    fmt::print(stderr, "note: {}\n", area->notes[i].data());
  if (!trial.schedule.empty() &&
      !registry.info(OptimizerPlace{trial.plugin, trial.optimizer}).honours_schedules())
    fmt::print(stderr, "note: the schedule was ignored: no learning rate that it would multiply\n");
  // A trial that never began, or that broke down, is no trace: scripts see it by the exit code.
  const bool walked = whole && area->status != results::Status::unsupported &&
                      area->status != results::Status::crash &&
                      area->status != results::Status::protocol;
  return walked ? kExitDone : kExitUserError;
}

}  // namespace

void add_trace(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  Arguments& a = *arguments;
  SingleRequest& r = a.request;
  CLI::App* command =
      app.add_subcommand("trace", "One optimizer on one problem, every iterate as CSV");
  command->add_option("OPTIMIZER", r.optimizer, "Id of an optimizer");
  command->add_option("PROBLEM", r.problem, "Id of a problem's family");
  command
      ->add_option("--set", r.set,
                   "A hyperparameter; a learning rate may be an expression (\"2/(mu+L)\")")
      ->type_name("NAME=VALUE");
  command->add_option("--problem-set", r.problem_set, "A parameter of the problem")
      ->type_name("NAME=VALUE");
  command->add_option("--x0", a.x0, "Start, in place of the problem's own")->type_name("V,V,...");
  command->add_option("--steps", r.steps, "Iterations (evaluations, where a library reports none)")
      ->check(whole_number(1, 1000000000))
      ->capture_default_str();
  command->add_option("--instance", r.instance, "Instance of the problem; 0 is the paper's own")
      ->check(whole_number())
      ->capture_default_str();
  command->add_option("--seed", r.seed, "Repetition")->check(whole_number())->capture_default_str();
  command->add_option("--batch", r.batch, "Mini-batch size; 0: the full objective")
      ->check(whole_number())
      ->capture_default_str();
  command
      ->add_option("--schedule", r.schedule,
                   "Of the learning rate, as in a suite: cosine, or '{ name = \"cosine\", warmup = "
                   "10 }'. Without an optimizer: its multipliers, from the first step to the one "
                   "behind the last")
      ->type_name("SCHEDULE");
  command->add_option("--steps-per-epoch", a.steps_per_epoch, "For a schedule without an optimizer")
      ->check(whole_number(1, 1000000000))
      ->capture_default_str();
  command
      ->add_option("--average", r.average,
                   "Show the average of the iterates, as in a suite: polyak, or '{ name = \"ema\", "
                   "beta = 0.9 }'")
      ->type_name("AVERAGE");
  command
      ->add_option(
          "--smooth", a.smooth,
          "Columns for the exponential mean of the values that the steps saw, as it is and "
          "with its bias corrected, for each beta")
      ->delimiter(',')
      ->check(beta_below_one())
      ->type_name("BETA,...");
  command->add_option("--coordinates", a.coordinates, "How many of x's coordinates to show")
      ->check(whole_number())
      ->capture_default_str();
  command
      ->add_option("--plugin", a.plugins,
                   "A plugin, or a folder of them; may be given several times")
      ->type_name("FILE|FOLDER");
  command->add_option("--data", a.data_folder, "Folder of Fashion-MNIST's files")
      ->type_name("FOLDER")
      ->capture_default_str();
  command->callback([arguments, command, &exit_code] {
    arguments->has_x0 = command->count("--x0") > 0;
    exit_code = trace(*arguments);
  });
}

}  // namespace ravine::harness
