#include "harness/run/assemble.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "harness/plan/plan.hpp"
#include "harness/plan/problem_configs.hpp"
#include "harness/plan/settings.hpp"
#include "problems/catalog.hpp"
#include "results/statistics.hpp"

namespace ravine::harness {
namespace {

using results::Status;

const char* shape_text(problems::Shape shape) {
  switch (shape) {
    case problems::Shape::unknown:
      break;
    case problems::Shape::convex:
      return "convex";
    case problems::Shape::quadratic:
      return "quadratic";
  }
  return "";
}

const char* order_text(const TrialSpec& trial) {
  if (trial.batch_size == 0) return "";
  if (trial.fresh_samples) return "fresh";
  return kBatchOrderNames.at(static_cast<std::size_t>(trial.batch_order));
}

results::TrialRecord frame(const TrialSpec& t, const PluginInfo& plugin) {
  const OptimizerInfo& optimizer = plugin.optimizers[t.optimizer];
  const problems::Family& family = *problems::find_family(t.family);
  results::TrialRecord r;
  r.id = t.id;
  r.meaning = t.meaning;
  r.suite = t.suite;
  r.suite_hash = t.suite_hash;
  r.optimizer = optimizer.id;
  r.optimizer_version = optimizer.version;
  r.optimizer_label = t.optimizer_label;
  r.optimizer_entry = t.optimizer_entry;
  r.optimizer_swept = t.optimizer_swept;
  r.expressions = t.expressions;
  for (std::size_t i = 0; i < t.settings.size(); ++i)
    r.settings.push_back(
        {optimizer.parameters[i].name, setting_text(optimizer.parameters[i], t.settings[i])});
  if (!t.average.empty()) r.settings.push_back({"average", average_text(t.average)});
  r.problem = family.id;
  r.problem_revision = family.revision;
  r.problem_label = t.problem_label;
  r.problem_entry = t.problem_entry;
  r.problem_swept = t.problem_swept;
  for (const auto& [name, value] : t.parameters)
    r.parameters.push_back({name, parameter_text(value)});
  r.shape = shape_text(t.shape);
  for (const auto& [name, value] : t.constants)
    if (std::isfinite(value)) r.constants[name] = value;
  r.instance = t.instance.index;
  r.seed = t.seed;
  r.batch_size = t.batch_size;
  r.batch_order = order_text(t);
  r.instance_hash = t.instance_hash;
  r.plugin_hash = plugin.hash;
  r.protocol = kProtocolVersion;
  r.budget_iterations = t.budget_iterations;
  r.budget_oracle = t.budget_oracle;
  r.schedule = schedule_text(t.schedule);
  r.targets = t.targets;
  r.notes = plugin.notes;
  if (!t.schedule.empty() && !optimizer.honours_schedules()) {
    r.schedule += " (ignored)";
    r.notes.push_back(fmt::format(
        "the schedule was ignored: {}",
        optimizer.steps ? "no learning rate that it would multiply" : "the library owns its loop"));
  }
  return r;
}

void copy_hits(const Area& area, results::TrialRecord& r) {
  const std::size_t count = std::min<std::size_t>(area.hit_count, area.hits.size());
  for (std::size_t i = 0; i < count; ++i) {
    const AreaHit& h = area.hits[i];
    if (h.target >= r.targets.size()) continue;
    results::Hit hit;
    hit.target = r.targets[h.target].name;
    hit.rule = h.rule;
    if (area.has_iterations != 0) hit.iteration = h.iteration;
    if (h.has_after != 0) hit.iteration_after = h.iteration_after;
    hit.oracle_cost = h.oracle_cost;
    if (h.has_cost_after != 0) hit.oracle_cost_after = h.oracle_cost_after;
    hit.at_start = h.at_start != 0;
    hit.seconds = static_cast<double>(h.ns) * 1e-9;
    hit.optimizer_seconds = static_cast<double>(h.optimizer_ns) * 1e-9;
    r.hits.push_back(hit);
  }
}

void copy_trace(const Area& area, std::size_t metrics, results::TrialRecord& r) {
  const std::size_t count = std::min<std::size_t>(area.trace_count, area.trace.size());
  for (std::size_t i = 0; i < count; ++i) {
    const AreaTrace& t = area.trace[i];
    results::TracePoint point;
    point.iteration = t.iteration;
    point.stage = t.stage;
    point.oracle_cost = t.oracle_cost;
    if (t.has_value != 0) point.value = t.value;
    if (t.has_gradient_norm != 0) point.gradient_norm = t.gradient_norm;
    if (t.has_step_value != 0) point.step_value = t.step_value;
    point.metrics.assign(t.metrics.begin(),
                         t.metrics.begin() + static_cast<std::ptrdiff_t>(metrics));
    r.trace.push_back(std::move(point));
  }
}

std::uint64_t physical_memory() {
  return static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

/// The status of a worker that died before its record was final.
void judge_death(const ChildEnd& end, results::TrialRecord& r) {
  if (end.timed_out) {
    r.status = Status::timeout;
    r.stopped_by_clock = true;
    r.reason = fmt::format("still at work after {:.3g} s, its budget and a grace of {:g} s: killed",
                           end.limit_seconds, kGraceSeconds);
  } else if (end.signal == SIGKILL && end.peak_memory_bytes > physical_memory() / 2) {
    r.status = Status::memory;
    r.reason = fmt::format("killed by the system at {} MiB, as when memory runs out",
                           end.peak_memory_bytes >> 20);
  } else if (end.signal != 0) {
    r.status = Status::crash;
    r.reason = end.text();
  } else {
    r.status = Status::crash;
    r.reason = fmt::format("the plugin ended its process with code {} before the trial was over",
                           end.exit_code);
  }
}

results::StepTime step_time(const char* part, const StepSamples& samples) {
  // Below ten steps none can be spared for warming up.
  const std::uint64_t warmup = samples.count >= 10 ? samples.warmup.size() : 0;
  std::vector<double> seconds;
  const std::uint64_t kept = std::min<std::uint64_t>(samples.kept, samples.samples.size());
  for (std::uint64_t i = 0; i < kept; ++i)
    if (i * samples.stride >= warmup)
      seconds.push_back(static_cast<double>(samples.samples[i]) * 1e-9);
  std::int64_t warm = 0;
  for (std::uint64_t i = 0; i < warmup; ++i) warm += samples.warmup[i];
  results::StepTime t;
  t.part = part;
  t.count = samples.count - warmup;
  t.warmup_count = warmup;
  t.warmup_mean = warmup == 0 ? 0 : static_cast<double>(warm) * 1e-9 / static_cast<double>(warmup);
  t.mean = static_cast<double>(samples.sum - warm) * 1e-9 / static_cast<double>(t.count);
  t.median = results::median(seconds).value_or(t.mean);
  t.p90 = results::quantile(seconds, 0.9).value_or(t.mean);
  t.p99 = results::quantile(seconds, 0.99).value_or(t.mean);
  std::int64_t longest = samples.max;
  for (std::uint64_t i = warmup; i < std::min<std::uint64_t>(samples.count, samples.warmup.size());
       ++i)
    longest = std::max(longest, samples.warmup[i]);
  t.max = static_cast<double>(longest) * 1e-9;
  t.median_absolute_deviation = results::median_absolute_deviation(seconds).value_or(0);
  return t;
}

}  // namespace

results::TrialRecord record_of(const TrialSpec& trial, const PluginInfo& plugin, const Area& area,
                               const TrialEnd& end) {
  results::TrialRecord r = frame(trial, plugin);
  r.n = area.n;
  const Phase phase = area.phase.load();
  if (phase == Phase::final || phase == Phase::destroyed) {
    r.status = area.status;
    r.reason = area.reason.data();
    r.stopped_by_clock = area.stopped_by_clock != 0;
    if (phase == Phase::final)
      r.notes.push_back("after its result, in destroy: " + end.child.text());
  } else {
    judge_death(end.child, r);
  }
  if (area.has_iterations != 0) r.iterations = area.iterations;
  r.oracle_cost = area.oracle_cost;
  r.counts = area.counts;
  if (area.has_f_start != 0) r.f_start = area.f_start;
  if (area.has_f_star != 0) r.f_star = area.f_star;
  if (area.has_f_best != 0) r.f_best = area.f_best;
  if (area.has_f_last != 0) r.f_last = area.f_last;
  r.ended = area.ended;
  r.ended_at = area.ended_place.data();
  if (area.has_gradient_norm_last != 0) r.gradient_norm_last = area.gradient_norm_last;
  if (area.has_smallest_eigenvalue != 0) r.smallest_eigenvalue = area.smallest_eigenvalue;
  if (area.has_saddle_steps != 0) r.saddle_steps = area.saddle_steps;
  if (area.has_overshoot != 0) r.overshoot = area.overshoot;
  if (area.has_regret != 0) r.regret = area.regret;
  if (area.has_gradient_error != 0) {
    r.gradient_noise = area.gradient_noise;
    r.gradient_error = area.gradient_error;
  }
  for (std::uint32_t i = 0; i < std::min<std::uint32_t>(area.note_count, kMostNotes); ++i)
    r.notes.emplace_back(area.notes[i].data());
  const std::size_t metrics = std::min<std::size_t>(area.metric_count, kMostMetrics);
  for (std::size_t i = 0; i < metrics; ++i)
    r.metric_names.emplace_back(area.metric_names[i].data());
  copy_hits(area, r);
  copy_trace(area, metrics, r);
  r.best_point.assign(
      area.best_point.begin(),
      area.best_point.begin() + std::min<std::uint32_t>(area.best_point_size, kLongestPoint));
  return r;
}

results::TrialRecord void_record(const TrialSpec& trial, const PluginInfo& plugin,
                                 const std::string& why) {
  results::TrialRecord r = frame(trial, plugin);
  r.status = Status::infrastructure;
  r.reason = why;
  return r;
}

results::Measurement measurement_of(const Area& area, const TrialEnd& end,
                                    const RunContext& context, std::string started_at) {
  results::Measurement m;
  m.machine = context.machine;
  m.started_at = std::move(started_at);
  m.wall_seconds = end.wall_seconds;
  const auto account = [&](Account a) {
    return static_cast<double>(area.books.spent[static_cast<std::size_t>(a)]) * 1e-9;
  };
  m.startup_seconds = account(Account::startup);
  m.optimizer_seconds = account(Account::optimizer);
  m.oracle_seconds = account(Account::oracle);
  m.judge_seconds = account(Account::judge);
  m.averaging_seconds = account(Account::averaging);
  m.recording_seconds = account(Account::recording);
  m.remainder_seconds =
      m.wall_seconds - (m.startup_seconds + m.optimizer_seconds + m.oracle_seconds +
                        m.judge_seconds + m.averaging_seconds + m.recording_seconds);
  m.books_balance = std::fabs(m.remainder_seconds) <= std::max(1e-3, 0.05 * m.wall_seconds);
  m.clock_cost_seconds = context.clock_cost_seconds;
  m.state_bytes = area.state_bytes;
  m.peak_memory_bytes = end.child.peak_memory_bytes;
  if (area.has_iterations != 0 && area.step.count > 0)
    m.step_times = {step_time("step", area.step), step_time("oracle", area.oracle),
                    step_time("optimizer", area.optimizer)};
  return m;
}

}  // namespace ravine::harness
