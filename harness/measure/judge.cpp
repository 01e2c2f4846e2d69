#include "harness/measure/judge.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "harness/measure/max_norm.hpp"

namespace ravine::harness {
namespace {

using results::HitRule;
using results::TargetKind;

/// The iteration after k whose point the trace keeps: each of the first sixteen, then sixteen to
/// each doubling. A pure function of the iteration, so a longer run traces the same points.
std::uint64_t next_traced(std::uint64_t k) {
  std::uint64_t octave = 1;
  while (k >= octave * 32) octave *= 2;
  return (k / octave + 1) * octave;
}

}  // namespace

Judge::Judge(const TrialSpec& spec, problems::Problem& problem, Area& area, Books& books)
    : spec_(spec), problem_(problem), area_(area), books_(books), course_(problem.facts(), area) {
  const auto& facts = problem.facts();
  final_.stage = facts.stages.size() - 1;
  metrics_.resize(facts.metrics.size());
  remembered_x_.resize(facts.n);
  hit_by_iterate_.resize(spec.targets.size());
  hit_by_evaluation_.resize(spec.targets.size());
  // On mini-batches the metrics tell how training goes; a value would cost a pass of its own.
  wants_value_ = spec.judge.value || spec.batch_size == 0 || facts.metrics.empty();
  for (const auto& target : spec.targets) {
    if (target.kind == TargetKind::relative) wants_value_ = true;
    if (target.kind == TargetKind::gradient) wants_gradient_ = true;
    int metric = -1;
    for (std::size_t i = 0; i < facts.metrics.size(); ++i)
      if (target.kind == TargetKind::metric && facts.metrics[i].name == target.metric)
        metric = static_cast<int>(i);
    metric_of_.push_back(metric);
  }
  if (wants_gradient_) gradient_.resize(facts.n);  // memory that a worker would touch for nothing
}

bool Judge::begin(std::span<const double> x0) {
  const Sighting seen = look(x0);
  if (wants_value_ && !seen.has_value) return false;
  const auto& f_star = problem_.facts().f_star;
  for (const auto& target : spec_.targets) {
    double threshold = target.level;
    if (target.kind == TargetKind::relative)
      threshold = *f_star + target.level * (seen.value - *f_star);
    if (target.kind == TargetKind::gradient)
      threshold = target.level * std::max(1.0, seen.gradient_norm);
    thresholds_.push_back(threshold);
  }
  if (seen.has_value) {
    area_.f_start = seen.value;
    area_.has_f_start = 1;
    course_.saw(0, x0, seen.value);
    note_value(seen.value);
    const double floor = f_star.value_or(0.0);
    divergence_limit_ = floor + spec_.divergence * std::max(1.0, seen.value - floor);
  }
  meet(HitRule::iterate, seen, 0, Which::at_start);
  meet(HitRule::evaluation, seen, 0, Which::at_start);
  trace(0, 0, x0, seen, std::numeric_limits<double>::quiet_NaN());
  return true;
}

bool Judge::due(std::uint64_t iteration) const {
  return iteration <= spec_.judge.first || iteration % spec_.judge.every == 0;
}

Sighting Judge::look(std::span<const double> x) {
  Sighting seen;
  const bool same = remembers_ && std::memcmp(x.data(), remembered_x_.data(), x.size_bytes()) == 0;
  if (same) seen = remembered_;
  const bool lacks =
      (wants_value_ && !seen.has_value) || (wants_gradient_ && !seen.has_gradient_norm);
  if (lacks) {
    const auto answer =
        problem_.evaluate(final_, x, &seen.value, wants_gradient_ ? gradient_.data() : nullptr);
    seen.has_value = answer == problems::Answer::ok;
    seen.has_gradient_norm = seen.has_value && wants_gradient_;
    if (seen.has_gradient_norm) seen.gradient_norm = max_norm(gradient_);
  }
  if (!metrics_.empty() && problem_.measure(x, metrics_) != problems::Answer::ok)
    std::fill(metrics_.begin(), metrics_.end(), std::numeric_limits<double>::quiet_NaN());
  return seen;
}

bool Judge::met(const results::Target& target, const Sighting& seen, std::size_t index) const {
  switch (target.kind) {
    case TargetKind::relative:
      return seen.has_value && seen.value <= thresholds_[index];
    case TargetKind::gradient:
      return seen.has_gradient_norm && seen.gradient_norm <= thresholds_[index];
    case TargetKind::metric: {
      if (metric_of_[index] < 0) return false;
      const auto metric = static_cast<std::size_t>(metric_of_[index]);
      return problem_.facts().metrics[metric].higher_is_better ? metrics_[metric] >= target.level
                                                               : metrics_[metric] <= target.level;
    }
  }
  return false;
}

void Judge::record_hit(std::size_t target, HitRule rule, std::uint64_t iteration, bool at_start,
                       bool by_look) {
  AreaHit hit;
  hit.target = static_cast<std::uint32_t>(target);
  hit.rule = rule;
  hit.iteration = iteration;
  hit.oracle_cost = at_start ? 0 : area_.oracle_cost;
  hit.at_start = at_start ? 1 : 0;
  hit.has_after = rule == HitRule::iterate && !at_start && last_judged_ + 1 < iteration ? 1 : 0;
  hit.iteration_after = last_judged_;
  hit.has_cost_after = by_look && !at_start && skipped_ ? 1 : 0;
  hit.oracle_cost_after = last_look_cost_;
  hit.optimizer_ns = books_.spent(Account::optimizer);
  hit.ns = at_start ? 0 : hit.optimizer_ns + books_.spent(Account::oracle);
  area_.hits[area_.hit_count] = hit;
  ++area_.hit_count;  // after the entry, so that a kill in between loses it whole
}

void Judge::meet(HitRule rule, const Sighting& seen, std::uint64_t iteration, Which which) {
  auto& hit = rule == HitRule::iterate ? hit_by_iterate_ : hit_by_evaluation_;
  for (std::size_t i = 0; i < spec_.targets.size(); ++i) {
    const bool is_metric = spec_.targets[i].kind == TargetKind::metric;
    if (hit[i] || (which == Which::of_value && is_metric) ||
        (which == Which::of_metrics && !is_metric))
      continue;
    if (!met(spec_.targets[i], seen, i)) continue;
    hit[i] = true;
    if (spec_.targets[i].decides && rule == HitRule::iterate) last_hit_ = iteration;
    record_hit(i, rule, iteration, which == Which::at_start, which != Which::of_value);
  }
}

void Judge::keep_if_hit(std::uint32_t hits_before, std::span<const double> x) {
  if (area_.hit_count == hits_before || x.size() > kLongestPoint) return;
  std::copy(x.begin(), x.end(), area_.best_point.begin());
  area_.best_point_size = static_cast<std::uint32_t>(x.size());
}

void Judge::note_value(double value) {
  const bool better = area_.has_f_best == 0 || value < area_.f_best || std::isnan(area_.f_best);
  if (better) area_.f_best = value;
  area_.f_last = value;
  area_.has_f_best = area_.has_f_last = 1;
}

void Judge::evaluation(std::span<const double> x, double value, const double* gradient) {
  std::copy(x.begin(), x.end(), remembered_x_.begin());
  remembers_ = true;
  remembered_ = {.value = value, .has_value = true};
  if (gradient != nullptr && wants_gradient_) {
    remembered_.gradient_norm = max_norm({gradient, x.size()});
    remembered_.has_gradient_norm = true;
  }
  const std::uint32_t hits_before = area_.hit_count;
  meet(HitRule::evaluation, remembered_, has_iterations ? area_.iterations : looks_ + 1,
       Which::of_value);
  if (has_iterations) return;
  keep_if_hit(hits_before, x);
  note_value(value);
  stand_in(x);
}

void Judge::stand_in(std::span<const double> x) {
  if (!due(++looks_)) return;
  skipped_ = last_look_ + 1 < looks_;
  const std::uint32_t hits_before = area_.hit_count;
  const Sighting seen = look(x);
  meet(HitRule::evaluation, seen, looks_, Which::all);
  keep_if_hit(hits_before, x);
  last_look_ = looks_;
  last_look_cost_ = area_.oracle_cost;
  trace(looks_, 0, x, seen, std::numeric_limits<double>::quiet_NaN());
}

void Judge::iterate(std::uint64_t iteration, std::uint64_t stage, std::span<const double> x,
                    double step_value, bool always) {
  if (!always && !due(iteration)) return;
  const Sighting seen = look(x);
  const std::uint32_t hits_before = area_.hit_count;
  skipped_ = last_judged_ + 1 < iteration;
  meet(HitRule::iterate, seen, iteration, Which::all);
  // Where answers are of another objective (a batch, an earlier stage), or a target is a metric,
  // judged iterates stand in for evaluations.
  meet(HitRule::evaluation, seen, iteration,
       evaluations_count && !iterates_stand_in ? Which::of_metrics : Which::all);
  keep_if_hit(hits_before, x);
  if (seen.has_value) {
    diverged_ = diverged_ || !(seen.value <= divergence_limit_);
    note_value(seen.value);
    course_.saw(iteration, x, seen.value);
  }
  // Of a value that was looked at the value alone decides: a metric may have reasons of its own.
  if (!seen.has_value)
    for (const double metric : metrics_) diverged_ = diverged_ || !std::isfinite(metric);
  last_judged_ = iteration;
  last_look_cost_ = area_.oracle_cost;
  trace(iteration, stage, x, seen, step_value);
}

void Judge::trace(std::uint64_t iteration, std::uint64_t stage, std::span<const double> x,
                  const Sighting& seen, double step_value) {
  books_.switch_to(Account::recording);
  AreaTrace point;
  point.iteration = iteration;
  point.stage = stage;
  point.oracle_cost = area_.oracle_cost;
  point.value = seen.value;
  point.has_value = seen.has_value ? 1 : 0;
  point.gradient_norm = seen.gradient_norm;
  point.has_gradient_norm = seen.has_gradient_norm ? 1 : 0;
  if (!std::isnan(step_value)) {
    point.step_value = step_value;
    point.has_step_value = 1;
  }
  std::copy(metrics_.begin(),
            metrics_.begin() + static_cast<std::ptrdiff_t>(std::min(metrics_.size(), kMostMetrics)),
            point.metrics.begin());
  if (observer) observer(point, x);
  last_point_ = point;
  last_point_traced_ = iteration >= next_trace_;
  if (last_point_traced_ && area_.trace_count < kMostTracePoints - 1) {
    area_.trace[area_.trace_count] = point;
    ++area_.trace_count;
    next_trace_ = next_traced(iteration);
  }
  books_.switch_to(Account::judge);
}

void Judge::finish() {
  if (last_point_traced_ || area_.trace_count == kMostTracePoints) return;
  area_.trace[area_.trace_count] = last_point_;
  ++area_.trace_count;
}

bool Judge::decided(const std::vector<bool>& hit) const {
  bool any = false;
  for (std::size_t i = 0; i < hit.size(); ++i) {
    if (!spec_.targets[i].decides) continue;
    if (!hit[i]) return false;
    any = true;
  }
  return any;
}

bool Judge::all_hit() const {
  return decided(has_iterations ? hit_by_iterate_ : hit_by_evaluation_);
}

bool Judge::all_hit_by_evaluations() const { return decided(hit_by_evaluation_); }

}  // namespace ravine::harness
