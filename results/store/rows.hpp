// Which member of a record stands in which column: one list, used to write and to read. Internal.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>

#include "results/record.hpp"

namespace ravine::results {

struct TargetRow {
  std::string trial;
  std::uint64_t position = 0;
  Target target;
};

struct HitRow {
  std::string trial;
  Hit hit;
};

struct TraceRow {
  std::string trial;
  std::uint64_t position = 0;
  TracePoint point;
};

struct MetricRow {
  std::string trial;
  std::uint64_t position = 0, iteration = 0;
  std::string name;
  double value = 0;
};

struct PointRow {
  std::string trial;
  std::vector<double> x;
};

struct MeasurementRow {
  std::uint64_t id = 0;
  Measurement measurement;
};

struct HitTimeRow {
  std::uint64_t measurement = 0;
  HitTime time;
};

struct StepTimeRow {
  std::uint64_t measurement = 0;
  StepTime time;
};

/// Row or const Row.
template <typename Given, typename Row>
concept MaybeConst = std::same_as<std::remove_const_t<Given>, Row>;

// Each calls visit(column, member) for every column of its table.

void visit_columns(MaybeConst<TrialRecord> auto& row, auto& visit) {
  visit("id", row.id);
  visit("meaning", row.meaning);
  visit("suite", row.suite);
  visit("suite_hash", row.suite_hash);
  visit("optimizer", row.optimizer);
  visit("optimizer_version", row.optimizer_version);
  visit("optimizer_label", row.optimizer_label);
  visit("optimizer_entry", row.optimizer_entry);
  visit("optimizer_swept", row.optimizer_swept);
  visit("settings", row.settings);
  visit("expressions", row.expressions);
  visit("problem", row.problem);
  visit("problem_revision", row.problem_revision);
  visit("problem_label", row.problem_label);
  visit("problem_entry", row.problem_entry);
  visit("problem_swept", row.problem_swept);
  visit("parameters", row.parameters);
  visit("shape", row.shape);
  visit("constants", row.constants);
  visit("instance", row.instance);
  visit("seed", row.seed);
  visit("batch_size", row.batch_size);
  visit("batch_order", row.batch_order);
  visit("n", row.n);
  visit("instance_hash", row.instance_hash);
  visit("plugin_hash", row.plugin_hash);
  visit("protocol", row.protocol);
  visit("budget_iterations", row.budget_iterations);
  visit("budget_oracle", row.budget_oracle);
  visit("schedule", row.schedule);
  visit("status", row.status);
  visit("reason", row.reason);
  visit("stopped_by_clock", row.stopped_by_clock);
  visit("iterations", row.iterations);
  visit("oracle_cost", row.oracle_cost);
  visit("count_values", row.counts.values);
  visit("count_gradients", row.counts.gradients);
  visit("count_hessian_vectors", row.counts.hessian_vectors);
  visit("count_hessians", row.counts.hessians);
  visit("count_partials", row.counts.partials);
  visit("count_batches", row.counts.batches);
  visit("count_samples", row.counts.samples);
  visit("f_start", row.f_start);
  visit("f_star", row.f_star);
  visit("f_best", row.f_best);
  visit("f_last", row.f_last);
  visit("ended", row.ended);
  visit("ended_at", row.ended_at);
  visit("gradient_norm_last", row.gradient_norm_last);
  visit("smallest_eigenvalue", row.smallest_eigenvalue);
  visit("saddle_steps", row.saddle_steps);
  visit("overshoot", row.overshoot);
  visit("regret", row.regret);
  visit("gradient_noise", row.gradient_noise);
  visit("gradient_error", row.gradient_error);
  visit("notes", row.notes);
  visit("metric_names", row.metric_names);
}

void visit_columns(MaybeConst<TargetRow> auto& row, auto& visit) {
  visit("trial", row.trial);
  visit("name", row.target.name);
  visit("position", row.position);
  visit("kind", row.target.kind);
  visit("metric", row.target.metric);
  visit("level", row.target.level);
  visit("decides", row.target.decides);
  visit("below_floor", row.target.below_floor);
}

void visit_columns(MaybeConst<HitRow> auto& row, auto& visit) {
  visit("trial", row.trial);
  visit("target", row.hit.target);
  visit("rule", row.hit.rule);
  visit("iteration", row.hit.iteration);
  visit("iteration_after", row.hit.iteration_after);
  visit("oracle_cost", row.hit.oracle_cost);
  visit("oracle_cost_after", row.hit.oracle_cost_after);
  visit("at_start", row.hit.at_start);
}

void visit_columns(MaybeConst<TraceRow> auto& row, auto& visit) {
  visit("trial", row.trial);
  visit("position", row.position);
  visit("iteration", row.point.iteration);
  visit("stage", row.point.stage);
  visit("oracle_cost", row.point.oracle_cost);
  visit("value", row.point.value);
  visit("gradient_norm", row.point.gradient_norm);
  visit("step_value", row.point.step_value);
}

void visit_columns(MaybeConst<MetricRow> auto& row, auto& visit) {
  visit("trial", row.trial);
  visit("position", row.position);
  visit("name", row.name);
  visit("iteration", row.iteration);
  visit("value", row.value);
}

void visit_columns(MaybeConst<PointRow> auto& row, auto& visit) {
  visit("trial", row.trial);
  visit("x", row.x);
}

void visit_columns(MaybeConst<MeasurementRow> auto& row, auto& visit) {
  auto& m = row.measurement;
  visit("id", row.id);
  visit("trial", m.trial);
  visit("repetition", m.repetition);
  visit("machine", m.machine);
  visit("started_at", m.started_at);
  visit("wall_seconds", m.wall_seconds);
  visit("startup_seconds", m.startup_seconds);
  visit("optimizer_seconds", m.optimizer_seconds);
  visit("oracle_seconds", m.oracle_seconds);
  visit("judge_seconds", m.judge_seconds);
  visit("averaging_seconds", m.averaging_seconds);
  visit("recording_seconds", m.recording_seconds);
  visit("remainder_seconds", m.remainder_seconds);
  visit("books_balance", m.books_balance);
  visit("clock_cost_seconds", m.clock_cost_seconds);
  visit("state_bytes", m.state_bytes);
  visit("peak_memory_bytes", m.peak_memory_bytes);
  visit("agrees", m.agrees);
}

void visit_columns(MaybeConst<HitTimeRow> auto& row, auto& visit) {
  visit("measurement", row.measurement);
  visit("target", row.time.target);
  visit("rule", row.time.rule);
  visit("seconds", row.time.seconds);
  visit("optimizer_seconds", row.time.optimizer_seconds);
}

void visit_columns(MaybeConst<StepTimeRow> auto& row, auto& visit) {
  visit("measurement", row.measurement);
  visit("part", row.time.part);
  visit("count", row.time.count);
  visit("mean_seconds", row.time.mean);
  visit("median_seconds", row.time.median);
  visit("p90_seconds", row.time.p90);
  visit("p99_seconds", row.time.p99);
  visit("max_seconds", row.time.max);
  visit("median_absolute_deviation_seconds", row.time.median_absolute_deviation);
  visit("warmup_count", row.time.warmup_count);
  visit("warmup_mean_seconds", row.time.warmup_mean);
}

void visit_columns(MaybeConst<Provenance> auto& row, auto& visit) {
  visit("machine", row.machine);
  visit("cpu", row.cpu);
  visit("governor", row.governor);
  visit("kernel", row.kernel);
  visit("compiler", row.compiler);
  visit("flags", row.flags);
  visit("libraries", row.libraries);
  visit("version", row.version);
  visit("cores", row.cores);
}

}  // namespace ravine::results
