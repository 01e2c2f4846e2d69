#include "tests/results/samples.hpp"

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX's

#include <array>
#include <limits>
#include <stdexcept>
#include <utility>

namespace ravine::results {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "ravine-results-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder: " + name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

TrialRecord full_record(const std::string& id) {
  TrialRecord r;
  r.id = id;
  r.meaning = "fedcba9876543210fedcba9876543210";
  r.suite = "suite \"quoted\" 'single'";
  r.suite_hash = "0123abcd";
  r.optimizer = "my|opt*<b>";
  r.optimizer_version = "1.2.3\n2nd line";
  r.optimizer_label = "my|opt*<b> \x1b[31mred\x1b[0m, é";
  r.settings = {{"step_size", "0.1"}, {"alpha.beta \"x\"", "1e-08"}, {"mode", "it's\t<i>"}};
  r.expressions = {{"step_size", "1/(10*L)"}};
  r.problem = "rosenbrock";
  r.problem_revision = 4'000'000'000U;
  r.problem_label = "rosenbrock, a=1,\r\nb=100";
  r.optimizer_entry = "descent, \"swept\"";
  r.optimizer_swept = {{"step_size", "0.1/L"}};
  r.problem_entry = "valley";
  r.problem_swept = {{"b", "100"}, {"batch", "full"}};
  r.parameters = {{"b", "100"}, {"a", "1"}};
  r.shape = "convex";
  r.constants = {{"L", 1e308}, {"mu", 5e-324}, {"n", 2}};
  r.batch_order = "replacement";
  r.regret = -0.5;
  r.gradient_noise = 0.1;
  r.gradient_error = 1e-300;
  r.instance = 3;
  r.seed = kMost;
  r.batch_size = 32;
  r.n = 17;
  r.instance_hash = "ih";
  r.plugin_hash = "ph";
  r.protocol = 2;
  r.budget_iterations = kMost - 1;
  r.budget_oracle = kInf;
  r.schedule = "cosine (ignored)";
  r.status = Status::converged_early;
  r.reason = "said so; at x = (1, \"2\")";
  r.stopped_by_clock = true;
  r.iterations = 12345678901234567ULL;
  r.oracle_cost = 0.1 + 0.2;
  r.counts = {1, 2, 3, 4, 5, 6, kMost};
  r.f_start = 1e308;
  r.f_star = 0.0;  // SQLite keeps no sign of zero outside of a BLOB
  r.f_best = -kInf;
  r.f_last = kNan;
  r.ended = Ended::saddle;
  r.ended_at = "x1 -> \"inf\"";
  r.gradient_norm_last = 1e-9;
  r.smallest_eigenvalue = -kInf;
  r.saddle_steps = kMost;
  r.overshoot = 0.25;
  r.notes = {"first, \"note\"", "second\nline", ""};
  r.targets = {{"relative 1e-01", TargetKind::relative, "", 0.1, true, false},
               {"gradient 1e-04", TargetKind::gradient, "", 1e-4, false, false},
               {"accuracy 0.8", TargetKind::metric, "accuracy", 0.8, true, true}};
  r.hits = {{"relative 1e-01", HitRule::iterate, 10, 8, 11.25, false, 0.5, 0.25, 9.5},
            {"relative 1e-01", HitRule::evaluation, std::nullopt, std::nullopt, 1.0 / 3, true,
             0.125, 0.0625, std::nullopt}};
  r.metric_names = {"accuracy", "loss"};
  r.trace = {{0, 0, 0.0, 5.5, 1e-300, std::nullopt, {0.1, 2.5}},
             {7, 1, 8.5, kNan, kInf, -kInf, {kNan, -kInf}},
             {7, 2, 8.5, std::nullopt, std::nullopt, 3.25, {}},
             {9, 2, 9.5, 1.0, 2.0, 3.0, {0.75}}};
  r.best_point = {1.0, -0.0, kNan, kInf, 5e-324};
  return r;
}

Measurement full_measurement() {
  Measurement m;
  m.machine = "m1";
  m.started_at = "2024-05-06T07:08:09Z";
  m.wall_seconds = 1.5;
  m.startup_seconds = 0.01;
  m.optimizer_seconds = 0.02;
  m.oracle_seconds = 0.03;
  m.judge_seconds = 0.04;
  m.averaging_seconds = 0.05;
  m.recording_seconds = 0.06;
  m.remainder_seconds = 1.29;
  m.books_balance = false;
  m.clock_cost_seconds = 2.5e-8;
  m.state_bytes = 4096;
  m.peak_memory_bytes = kMost;
  m.step_times = {{"step", 100, 1e-6, 2e-6, 3e-6, 4e-6, 5e-6, 6e-7, 3, 7e-5},
                  {"oracle", 100, 1e-7, 2e-7, 3e-7, 4e-7, 5e-7, 6e-8, 3, 7e-6}};
  return m;
}

Provenance full_provenance() {
  return {"m1",        "A CPU, 3.0 GHz", "performance", "6.1", "g++ 12.2",
          "-O2 \"x\"", "Eigen 3.4",      "0.1.0",       8};
}

TrialRecord simple_record(const std::string& optimizer, std::uint64_t seed,
                          const std::vector<std::uint64_t>& iterations) {
  constexpr std::array<std::pair<const char*, double>, 3> kLevels = {
      {{"relative 1e-01", 1e-1}, {"relative 1e-03", 1e-3}, {"relative 1e-06", 1e-6}}};
  TrialRecord r;
  r.id = optimizer + "-" + std::to_string(seed);
  r.optimizer = r.optimizer_label = optimizer;
  r.problem = r.problem_label = "valley";
  r.n = 2;
  r.seed = seed;
  r.schedule = "constant";
  for (const auto& [name, level] : kLevels) {
    r.targets.push_back({name, TargetKind::relative, "", level, true, false});
  }
  for (std::size_t i = 0; i < iterations.size(); ++i) {
    const auto k = iterations[i];
    const double cost = 2 * static_cast<double>(k);
    for (const HitRule rule : {HitRule::iterate, HitRule::evaluation}) {
      r.hits.push_back({r.targets[i].name, rule, k, std::nullopt, cost, k == 0, 0.5, 0.25, {}});
    }
  }
  r.status = iterations.size() == kLevels.size() ? Status::hit : Status::budget;
  r.iterations = iterations.empty() ? 1000 : iterations.back();
  return r;
}

Measurement timed_measurement(const TrialRecord& trial, double unit, const std::string& machine) {
  Measurement m;
  m.trial = trial.id;
  m.machine = machine;
  for (const auto& [part, units] :
       {std::pair("step", 3.0), std::pair("oracle", 2.0), std::pair("optimizer", 1.0)}) {
    StepTime time;
    time.part = part;
    time.count = 50;
    time.median = time.mean = units * unit;
    time.p90 = 2 * units * unit;
    time.median_absolute_deviation = unit / 10;
    m.step_times.push_back(time);
  }
  return m;
}

}  // namespace ravine::results
