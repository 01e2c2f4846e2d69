// Reading trials, measurements and machines back.
#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>

#include "results/store/codec.hpp"
#include "results/store/impl.hpp"

namespace ravine::results {
namespace {

using Index = std::unordered_map<std::string, std::size_t>;

std::size_t find(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::size_t position_of(const TrialRecord& trial, const std::string& target) {
  const auto found = std::find_if(trial.targets.begin(), trial.targets.end(),
                                  [&](const Target& t) { return t.name == target; });
  return static_cast<std::size_t>(found - trial.targets.begin());
}

// In the order of the suite's targets, and the iterate rule first.
void sort_hits(TrialRecord& trial) {
  std::stable_sort(trial.hits.begin(), trial.hits.end(), [&](const Hit& a, const Hit& b) {
    return std::pair(position_of(trial, a.target), a.rule) <
           std::pair(position_of(trial, b.target), b.rule);
  });
}

void set_metric(TrialRecord& trial, const MetricRow& row) {
  const std::size_t place = find(trial.metric_names, row.name);
  if (row.position >= trial.trace.size() || place >= trial.metric_names.size()) return;
  std::vector<double>& metrics = trial.trace[row.position].metrics;
  if (metrics.size() <= place) metrics.resize(place + 1, std::numeric_limits<double>::quiet_NaN());
  metrics[place] = row.value;
}

void set_seconds(TrialRecord& trial, const HitTime& time) {
  for (Hit& hit : trial.hits) {
    if (hit.target != time.target || hit.rule != time.rule) continue;
    hit.seconds = time.seconds;
    hit.optimizer_seconds = time.optimizer_seconds;
  }
}

}  // namespace

void Store::Impl::load_trials(const std::optional<std::string>& id, Detail detail,
                              std::vector<TrialRecord>& trials) {
  const std::string by_id = id ? " WHERE id = ?" : "";
  const std::string by_trial = id ? " WHERE trial = ?" : "";
  select_rows<TrialRecord>(
      *connection,
      "trial" + by_id + " ORDER BY problem_label, batch_size, optimizer_label, instance, seed, id",
      id, [&](TrialRecord&& trial) { trials.push_back(std::move(trial)); });
  Index index;
  for (std::size_t i = 0; i < trials.size(); ++i) index.emplace(trials[i].id, i);
  const auto with_trial = [&](const std::string& key, const auto& use) {
    const auto found = index.find(key);
    if (found != index.end()) use(trials[found->second]);
  };

  select_rows<TargetRow>(
      *connection, "target" + by_trial + " ORDER BY trial, position", id, [&](TargetRow&& row) {
        with_trial(row.trial, [&](TrialRecord& t) { t.targets.push_back(std::move(row.target)); });
      });
  select_rows<HitRow>(*connection, "hit" + by_trial, id, [&](HitRow&& row) {
    row.hit.seconds = row.hit.optimizer_seconds = std::numeric_limits<double>::quiet_NaN();
    with_trial(row.trial, [&](TrialRecord& t) { t.hits.push_back(std::move(row.hit)); });
  });
  for (TrialRecord& trial : trials) sort_hits(trial);

  std::unordered_map<std::uint64_t, std::string> first_measurements;
  select_rows<MeasurementRow>(
      *connection, "measurement" + by_trial + (id ? " AND" : " WHERE") + " repetition = 0", id,
      [&](MeasurementRow&& row) { first_measurements.emplace(row.id, row.measurement.trial); });
  const std::string times = id ? "hit_time WHERE measurement IN (SELECT id FROM measurement WHERE "
                                 "trial = ? AND repetition = 0)"
                               : "hit_time";
  select_rows<HitTimeRow>(*connection, times, id, [&](HitTimeRow&& row) {
    const auto found = first_measurements.find(row.measurement);
    if (found == first_measurements.end()) return;
    with_trial(found->second, [&](TrialRecord& t) { set_seconds(t, row.time); });
  });

  if (detail == Detail::hits) return;
  select_rows<TraceRow>(
      *connection, "trace" + by_trial + " ORDER BY trial, position", id, [&](TraceRow&& row) {
        with_trial(row.trial, [&](TrialRecord& t) { t.trace.push_back(std::move(row.point)); });
      });
  select_rows<MetricRow>(*connection, "metric" + by_trial, id, [&](MetricRow&& row) {
    with_trial(row.trial, [&](TrialRecord& t) { set_metric(t, row); });
  });
  select_rows<PointRow>(*connection, "point" + by_trial, id, [&](PointRow&& row) {
    with_trial(row.trial, [&](TrialRecord& t) { t.best_point = std::move(row.x); });
  });
}

std::vector<Measurement> Store::Impl::load_measurements() {
  std::vector<Measurement> measurements;
  std::unordered_map<std::uint64_t, std::size_t> index;
  select_rows<MeasurementRow>(*connection, "measurement ORDER BY trial, repetition", {},
                              [&](MeasurementRow&& row) {
                                index.emplace(row.id, measurements.size());
                                measurements.push_back(std::move(row.measurement));
                              });
  select_rows<StepTimeRow>(*connection, "step_time ORDER BY measurement, part DESC", {},
                           [&](StepTimeRow&& row) {
                             const auto found = index.find(row.measurement);
                             if (found == index.end()) return;
                             measurements[found->second].step_times.push_back(std::move(row.time));
                           });
  select_rows<HitTimeRow>(*connection, "hit_time ORDER BY measurement, target, rule DESC", {},
                          [&](HitTimeRow&& row) {
                            const auto found = index.find(row.measurement);
                            if (found == index.end()) return;
                            measurements[found->second].hit_times.push_back(std::move(row.time));
                          });
  return measurements;
}

std::vector<Provenance> Store::Impl::load_machines() {
  std::vector<Provenance> machines;
  select_rows<Provenance>(*connection, "provenance ORDER BY machine", {},
                          [&](Provenance&& row) { machines.push_back(std::move(row)); });
  return machines;
}

std::optional<TrialRecord> Store::trial(std::string_view id) const {
  const Transaction snapshot(*impl_->connection, "BEGIN");
  std::vector<TrialRecord> found;
  impl_->load_trials(std::string(id), Detail::full, found);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<TrialRecord> Store::trials(Detail detail) const {
  const Transaction snapshot(*impl_->connection, "BEGIN");
  std::vector<TrialRecord> trials;
  impl_->load_trials(std::nullopt, detail, trials);
  return trials;
}

std::vector<Measurement> Store::measurements() const {
  const Transaction snapshot(*impl_->connection, "BEGIN");
  return impl_->load_measurements();
}

std::vector<Provenance> Store::machines() const { return impl_->load_machines(); }

Dataset Store::dataset(Detail detail) const {
  const Transaction snapshot(*impl_->connection, "BEGIN");
  Dataset data;
  impl_->load_trials(std::nullopt, detail, data.trials);
  data.measurements = impl_->load_measurements();
  data.machines = impl_->load_machines();
  return data;
}

bool Store::has(std::string_view id) const {
  Statement statement(*impl_->connection,
                      "SELECT 1 FROM trial WHERE id = ? AND status <> 'infrastructure'");
  statement.bind_text(0, std::string(id));
  return statement.step();
}

std::vector<std::string> Store::finished_ids() const {
  Statement statement(*impl_->connection,
                      "SELECT id FROM trial WHERE status <> 'infrastructure' ORDER BY id");
  std::vector<std::string> ids;
  while (statement.step()) ids.emplace_back(statement.text(0));
  return ids;
}

}  // namespace ravine::results
