// Storing trials, measurements and machines.
#include <algorithm>
#include <tuple>

#include "results/store/codec.hpp"
#include "results/store/impl.hpp"

namespace ravine::results {
namespace {

void insert_metrics(Insert<MetricRow>& insert, const TrialRecord& record, const TraceRow& row) {
  const TracePoint& point = row.point;
  if (point.metrics.size() > record.metric_names.size()) {
    throw StoreError(StoreErrorKind::other, "trial " + record.id +
                                                ": a point of its trace has more metrics than the "
                                                "trial has names for. Nothing of it was stored.");
  }
  for (std::size_t i = 0; i < point.metrics.size(); ++i) {
    insert({row.trial, row.position, point.iteration, record.metric_names[i], point.metrics[i]});
  }
}

void insert_trial(const Connection& connection, const TrialRecord& record) {
  Insert<TrialRecord>(connection, "trial")(record);
  Insert<TargetRow> insert_target(connection, "target");
  for (std::size_t i = 0; i < record.targets.size(); ++i) {
    insert_target({record.id, i, record.targets[i]});
  }
  Insert<HitRow> insert_hit(connection, "hit");
  for (const Hit& hit : record.hits) insert_hit({record.id, hit});
  Insert<TraceRow> insert_point(connection, "trace");
  Insert<MetricRow> insert_metric(connection, "metric");
  for (std::size_t i = 0; i < record.trace.size(); ++i) {
    const TraceRow row = {record.id, i, record.trace[i]};
    insert_point(row);
    insert_metrics(insert_metric, record, row);
  }
  if (!record.best_point.empty()) {
    Insert<PointRow>(connection, "point")({record.id, record.best_point});
  }
}

void insert_measurement(Connection& connection, const Measurement& measurement,
                        const std::vector<HitTime>& hit_times) {
  MeasurementRow row = {0, measurement};
  row.id = static_cast<std::uint64_t>(
      connection.integer("SELECT coalesce(max(id), 0) + 1 FROM measurement"));
  Statement count(connection,
                  "SELECT coalesce(max(repetition) + 1, 0) FROM measurement WHERE trial = ?");
  count.bind_text(0, measurement.trial);
  count.step();
  row.measurement.repetition = static_cast<std::uint64_t>(count.integer(0));
  Insert<MeasurementRow>(connection, "measurement")(row);
  Insert<HitTimeRow> insert_hit_time(connection, "hit_time");
  for (const HitTime& time : hit_times) insert_hit_time({row.id, time});
  Insert<StepTimeRow> insert_step_time(connection, "step_time");
  for (const StepTime& time : measurement.step_times) insert_step_time({row.id, time});
}

std::vector<HitTime> hit_times_of(const TrialRecord& record) {
  std::vector<HitTime> times;
  for (const Hit& hit : record.hits) {
    times.push_back({hit.target, hit.rule, hit.seconds, hit.optimizer_seconds});
  }
  return times;
}

bool ended_by_clock(const TrialRecord& record) {
  return record.stopped_by_clock || record.status == Status::timeout;
}

auto sorted_hits(const TrialRecord& record) {
  using Key = std::tuple<std::string, HitRule, std::optional<std::uint64_t>, double, bool>;
  std::vector<Key> keys;
  for (const Hit& hit : record.hits) {
    keys.emplace_back(hit.target, hit.rule, hit.iteration, hit.oracle_cost, hit.at_start);
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

// NaN is the same as NaN here.
bool same(const std::optional<double>& a, const std::optional<double>& b) {
  return a == b || (a && b && *a != *a && *b != *b);
}

// Whether what the seed decides came out the same. How far a clock let a trial come is not that.
bool agree(const TrialRecord& a, const TrialRecord& b) {
  if (ended_by_clock(a) || ended_by_clock(b)) return true;
  return a.status == b.status && a.iterations == b.iterations && a.oracle_cost == b.oracle_cost &&
         same(a.f_best, b.f_best) && same(a.f_last, b.f_last) && sorted_hits(a) == sorted_hits(b);
}

}  // namespace

Added Store::add(const TrialRecord& record, const Measurement& measurement) {
  Transaction transaction(*impl_->connection, "BEGIN IMMEDIATE");
  std::vector<TrialRecord> stored;
  impl_->load_trials(record.id, Detail::hits, stored);
  if (!stored.empty() && stored.front().status == Status::infrastructure) {
    Statement erase(*impl_->connection, "DELETE FROM trial WHERE id = ?");
    erase.bind_text(0, record.id);
    erase.step();
    stored.clear();
  }
  Added outcome = Added::new_trial;
  if (stored.empty()) {
    insert_trial(*impl_->connection, record);
  } else if (record.status == Status::infrastructure) {
    return Added::ignored;
  } else {
    outcome = agree(stored.front(), record) ? Added::measurement : Added::disagreement;
  }
  Measurement own = measurement;
  own.trial = record.id;
  own.agrees = measurement.agrees && outcome != Added::disagreement;
  insert_measurement(*impl_->connection, own,
                     own.hit_times.empty() ? hit_times_of(record) : own.hit_times);
  transaction.commit();
  return outcome;
}

void Store::add(const Provenance& provenance) {
  Insert<Provenance>(*impl_->connection, "provenance", "INSERT OR IGNORE")(provenance);
}

void Store::remove(std::string_view id) {
  Statement statement(*impl_->connection, "DELETE FROM trial WHERE id = ?");
  statement.bind_text(0, std::string(id));
  statement.step();
}

}  // namespace ravine::results
