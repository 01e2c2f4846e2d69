#include "results/tables/reach.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "results/statistics.hpp"

namespace ravine::results {
namespace {

constexpr double kMiss = std::numeric_limits<double>::infinity();

bool judged_by(const TrialRecord& trial, const Target& target) {
  return std::any_of(trial.targets.begin(), trial.targets.end(),
                     [&](const Target& t) { return t.name == target.name; });
}

const Hit* find_hit(const TrialRecord& trial, const Target& target, HitRule rule) {
  const auto found = std::find_if(trial.hits.begin(), trial.hits.end(), [&](const Hit& h) {
    return h.rule == rule && h.target == target.name;
  });
  return found == trial.hits.end() ? nullptr : &*found;
}

void add_hit(Reach& reach, const Hit& hit, double value) {
  reach.values.push_back(value);
  ++reach.hits;
  if (hit.at_start) ++reach.at_start;
}

void add_iterations(Reach& reach, const TrialRecord& trial, const Target& target) {
  const Hit* hit = find_hit(trial, target, HitRule::iterate);
  if (hit != nullptr && hit->iteration) {
    add_hit(reach, *hit, static_cast<double>(*hit->iteration));
    if (hit->iteration_after && *hit->iteration_after + 1 < *hit->iteration) ++reach.between;
    return;
  }
  const bool met = hit != nullptr || find_hit(trial, target, HitRule::evaluation) != nullptr;
  if (met && !trial.iterations) {
    ++reach.not_available;
  } else {
    reach.values.push_back(kMiss);
  }
}

void add_cost(Reach& reach, const TrialRecord& trial, const Target& target) {
  const Hit* hit = find_hit(trial, target, HitRule::evaluation);
  // A metric of the problem is judged at iterates alone: met there, it had been met at that cost.
  if (hit == nullptr) hit = find_hit(trial, target, HitRule::iterate);
  if (hit == nullptr) {
    reach.values.push_back(kMiss);
  } else {
    add_hit(reach, *hit, hit->oracle_cost);
    if (hit->oracle_cost_after) ++reach.between;
  }
}

std::optional<double> seconds_of(const Row& row, const TrialRecord& trial, const Target& target,
                                 HitRule rule) {
  std::vector<double> seconds;
  for (const Measurement* m : row.measurements)
    for (const HitTime& time : m->hit_times)
      if (m->trial == trial.id && time.target == target.name && time.rule == rule)
        seconds.push_back(time.seconds);
  return median(std::move(seconds));
}

void add_seconds(Reach& reach, const Row& row, const TrialRecord& trial, const Target& target) {
  HitRule rule = HitRule::evaluation;
  const Hit* hit = find_hit(trial, target, rule);
  if (hit == nullptr) hit = find_hit(trial, target, rule = HitRule::iterate);
  const auto seconds = hit == nullptr ? std::nullopt : seconds_of(row, trial, target, rule);
  if (seconds) {
    add_hit(reach, *hit, *seconds);
  } else {
    reach.values.push_back(kMiss);
  }
}

// trial -> its measurements' values of one figure
using Figures = std::map<std::string, std::vector<double>>;

std::optional<double> median_of_medians(const Figures& figures) {
  std::vector<double> medians;
  for (const auto& [trial, values] : figures) medians.push_back(*median(values));
  return median(std::move(medians));
}

}  // namespace

Reach reach(const Row& row, const Target& target, Quantity quantity) {
  Reach result;
  for (const TrialRecord* trial : row.trials) {
    if (trial->status == Status::unsupported || !judged_by(*trial, target)) continue;
    switch (quantity) {
      case Quantity::iterations:
        add_iterations(result, *trial, target);
        break;
      case Quantity::oracle_cost:
        add_cost(result, *trial, target);
        break;
      case Quantity::seconds:
        add_seconds(result, row, *trial, target);
        break;
    }
  }
  return result;
}

RowTime time_of(const Row& row, const std::string& machine) {
  RowTime time;
  Figures step, p90, deviation, optimizer, oracle;
  for (const Measurement* m : row.measurements) {
    if (m->machine != machine) continue;
    for (const StepTime& part : m->step_times) {
      if (part.count == 0) continue;  // only warm-up: its median is of nothing
      if (part.part == "step") {
        step[m->trial].push_back(part.median);
        p90[m->trial].push_back(part.p90);
        deviation[m->trial].push_back(part.median_absolute_deviation);
        time.steps += part.count;
      } else if (part.part == "optimizer") {
        optimizer[m->trial].push_back(part.median);
      } else if (part.part == "oracle") {
        oracle[m->trial].push_back(part.median);
      }
    }
  }
  time.trials = step.size();
  time.step = median_of_medians(step);
  time.step_p90 = median_of_medians(p90);
  time.step_deviation = median_of_medians(deviation);
  time.optimizer = median_of_medians(optimizer);
  time.oracle = median_of_medians(oracle);
  return time;
}

}  // namespace ravine::results
