// What a trial leaves. `TrialRecord` holds what the seed decides; `Measurement` what depends on a
// machine and a moment (protocol.md, "What is recorded of a trial"). Plain data, no behaviour.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ravine::results {

/// Codes are stored as their names (results/status.hpp), never renumbered.
enum class Status : std::int32_t {
  hit,              ///< all targets that the suite asks for
  budget,           ///< iterations, oracle cost or seconds ran out
  converged_early,  ///< the optimizer stopped by itself, targets open
  diverged,         ///< NaN, infinity, or f beyond a stated multiple of f0
  unsupported,      ///< the problem lacks what the optimizer needs
  timeout,          ///< killed by the watchdog
  crash,            ///< died of a signal, or exited on its own
  memory,           ///< ran out of memory
  protocol,         ///< a rule of the ABI broken, named in `reason`
  infrastructure,   ///< ours: voids the trial, never counts against the optimizer
};

enum class TargetKind : std::int32_t {
  relative,  ///< (f - f*) / (f0 - f*) <= level
  gradient,  ///< max-norm of the gradient <= level * max(1, max-norm at x0)
  metric,    ///< a metric of the problem at or beyond level
};

struct Target {
  std::string name;  ///< "relative 1e-06", "gradient 1e-04", "test_accuracy 0.8": unique in a trial
  TargetKind kind = TargetKind::relative;
  std::string metric;        ///< metric targets only: "test_accuracy"
  double level = 0;          ///< tau, epsilon or the metric's level
  bool decides = true;       ///< counts for the status `hit`; never true for gradient targets
  bool below_floor = false;  ///< a tau below the problem's rounding floor
};

/// Where a target was first met, by one of two rules.
enum class HitRule : std::int32_t {
  iterate,     ///< at an accepted iterate
  evaluation,  ///< at any answered evaluation, whoever owns the loop: the oracle-cost rule
};

struct Hit {
  std::string target;
  HitRule rule = HitRule::iterate;
  std::optional<std::uint64_t> iteration;        ///< empty where the library reports no iterations
  std::optional<std::uint64_t> iteration_after;  ///< last judged iteration that had not met it
  double oracle_cost = 0;                        ///< gradient equivalents
  bool at_start = false;                         ///< met at x_0: marked, and kept out of ratios
  double seconds = 0;            ///< of optimizer and oracle until then, judging left out
  double optimizer_seconds = 0;  ///< the optimizer's own share of them
  /// Cost at the last look that had not met it, where the judge looked only now and then.
  std::optional<double> oracle_cost_after;
};

struct TracePoint {
  std::uint64_t iteration = 0;
  std::uint64_t stage = 0;
  double oracle_cost = 0;
  std::optional<double> value;          ///< of the objective that counts; empty where not judged
  std::optional<double> gradient_norm;  ///< max-norm
  std::optional<double> step_value;     ///< mini-batches: the value that the step saw
  std::vector<double> metrics;          ///< in the order of TrialRecord::metric_names
};

/// Raw counts of what was asked of the oracle.
struct Counts {
  std::uint64_t values = 0;     ///< evaluations of a value alone
  std::uint64_t gradients = 0;  ///< evaluations of a gradient, with or without its value
  std::uint64_t hessian_vectors = 0;
  std::uint64_t hessians = 0;
  std::uint64_t partials = 0;
  std::uint64_t batches = 0;  ///< batch tickets drawn or made
  std::uint64_t samples = 0;  ///< samples evaluated, over all calls
};

struct Setting {
  std::string name;
  std::string value;  ///< as text that reads back to the same value
  friend bool operator==(const Setting&, const Setting&) = default;
};

/// What the last point of a deterministic trial is: harness/measure/ending.hpp has the rules.
enum class Ended : std::int32_t {
  unknown,  ///< not asked: batches, or no value there
  global_minimum,
  local_minimum,
  saddle,
  plateau,
  elsewhere  ///< not a stationary point
};

struct TrialRecord {
  std::string id;       ///< exact identity, 32 hex digits
  std::string meaning;  ///< what it means, whatever the bytes of the plugin: 32 hex digits
  std::string suite;
  std::string suite_hash;  ///< of the suite's file
  std::string optimizer;   ///< id of the optimizer
  std::string optimizer_version;
  std::string optimizer_label;  ///< a table's row: id, and the settings that tell rows apart
  std::string optimizer_entry;  ///< the label without what the suite sweeps
  std::vector<Setting> optimizer_swept;  ///< settings that the suite sweeps, as it writes them
  std::vector<Setting> settings;         ///< every hyperparameter in force
  std::vector<Setting> expressions;      ///< of these, what the suite gives by one: "1/L"
  std::string problem;                   ///< id of the family
  std::uint32_t problem_revision = 1;
  std::string problem_label;  ///< a table's heading: family, and the parameters that tell apart
  std::string problem_entry;  ///< the label without what the suite sweeps
  std::vector<Setting> problem_swept;  ///< parameters, and "batch", that the suite sweeps
  std::vector<Setting> parameters;     ///< every parameter of the problem
  std::string shape;  ///< what theory may assume of it: "quadratic", "convex" or ""
  std::map<std::string, double> constants;  ///< what is known of it: mu, L, kappa, R, ...
  std::uint64_t instance = 0;
  std::uint64_t seed = 0;        ///< repetition
  std::uint64_t batch_size = 0;  ///< 0: the full objective
  std::string batch_order;       ///< "shuffled", "sequential", "replacement", "fresh"; "" without
  std::uint64_t n = 0;
  std::string instance_hash;   ///< of x0, f(x0), its gradient (on the first samples), the data
  std::string plugin_hash;     ///< of the bytes of the library
  std::uint32_t protocol = 1;  ///< version of the measuring protocol
  std::uint64_t budget_iterations = 0;
  double budget_oracle = 0;  ///< gradient equivalents
  std::string
      schedule;  ///< "constant"; " (ignored)" behind it where the optimizer does not honour it

  Status status = Status::infrastructure;
  std::string reason;                       ///< one line: why, in words, with names and numbers
  bool stopped_by_clock = false;            ///< counted as a miss, never compared bit for bit
  std::optional<std::uint64_t> iterations;  ///< empty where the library reports none
  double oracle_cost = 0;
  Counts counts;
  std::optional<double> f_start;
  std::optional<double> f_star;
  std::optional<double> f_best;  ///< lowest judged value of the objective that counts
  std::optional<double> f_last;  ///< at the last judged iterate
  Ended ended = Ended::unknown;
  std::string ended_at;                       ///< name of the known place; "" where it is none
  std::optional<double> gradient_norm_last;   ///< max-norm there
  std::optional<double> smallest_eigenvalue;  ///< of the Hessian there; empty where not asked for
  std::optional<std::uint64_t> saddle_steps;  ///< iterations to leave a known saddle
  std::optional<double> overshoot;            ///< largest (f_k - f_0) / (f_0 - f*), at least 0
  std::optional<double> regret;  ///< on batches: sum over steps of the value that the step saw - f*
  std::optional<double> gradient_noise;  ///< sigma at x0: root mean square of |g_i - g|_2
  std::optional<double> gradient_error;  ///< of the trial's batches there, |g_B - g|_2
  std::vector<std::string> notes;        ///< flags: what was seen beside the status, one line each

  std::vector<Target> targets;
  std::vector<Hit> hits;
  std::vector<std::string> metric_names;
  std::vector<TracePoint> trace;
  std::vector<double>
      best_point;  ///< of the best hit, for verification; empty when too long or none
};

/// Distribution of wall-clock per step, in seconds. Warm-up steps are apart.
struct StepTime {
  std::string part;  ///< "step", "oracle" or "optimizer"
  std::uint64_t count = 0;
  double mean = 0, median = 0, p90 = 0, p99 = 0, max = 0;
  double median_absolute_deviation = 0;
  std::uint64_t warmup_count = 0;
  double warmup_mean = 0;
};

/// When a target was first met in one run.
struct HitTime {
  std::string target;
  HitRule rule = HitRule::iterate;
  double seconds = 0;            ///< since the first step began
  double optimizer_seconds = 0;  ///< the optimizer's own share of them
  friend bool operator==(const HitTime&, const HitTime&) = default;
};

/// What was seen of one run of a trial on one machine at one moment. All times in seconds.
struct Measurement {
  std::string trial;
  std::uint64_t repetition = 0;
  std::string machine;      ///< fingerprint, key of `provenance`
  std::string started_at;   ///< UTC, ISO 8601
  double wall_seconds = 0;  ///< of the worker process, from its start to its record
  double startup_seconds = 0, optimizer_seconds = 0, oracle_seconds = 0, judge_seconds = 0,
         averaging_seconds = 0, recording_seconds = 0;
  double remainder_seconds = 0;         ///< wall minus all accounts
  bool books_balance = true;            ///< false: the remainder exceeds 5 % and a millisecond
  double clock_cost_seconds = 0;        ///< of one reading
  std::uint64_t state_bytes = 0;        ///< heap growth from creation to the end of the second step
  std::uint64_t peak_memory_bytes = 0;  ///< of the worker process
  std::vector<StepTime> step_times;     ///< empty where nobody saw steps
  std::vector<HitTime>
      hit_times;       ///< left empty by a run: the store takes them from the record's hits
  bool agrees = true;  ///< false: what the seed decides came out otherwise than in the stored trial
};

/// A machine and a build, as far as times depend on them.
struct Provenance {
  std::string machine;  ///< fingerprint: hash of the rest
  std::string cpu, governor, kernel, compiler, flags, libraries, version;
  std::uint64_t cores = 0;
};

}  // namespace ravine::results
