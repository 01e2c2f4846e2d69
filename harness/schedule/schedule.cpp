#include "harness/schedule/schedule.hpp"

#include <cmath>
#include <stdexcept>

#include "harness/schedule/catalog.hpp"

namespace ravine::harness {
namespace {

const ScheduleKind& kind_of(const ScheduleSpec& spec) {
  const ScheduleKind* kind = find_schedule(spec.name);
  if (kind == nullptr) throw std::logic_error("no schedule " + spec.name);
  return *kind;
}

}  // namespace

std::string schedule_text(const ScheduleSpec& spec) {
  if (spec.empty()) return "constant";
  return part_text(spec, kind_of(spec).parameters);
}

Schedule::Schedule(const ScheduleSpec& spec) {
  if (spec.empty()) return;
  rule_ = kind_of(spec).make(spec);
  per_ = static_cast<Per>(static_cast<int>(spec["per"]));
  warmup_ = spec["warmup"];
  warmup_from_ = spec["warmup_from"];
  warmup_rises_ = spec["warmup_shape"] == 0;
}

double Schedule::time(std::uint64_t step, double epoch) const {
  if (per_ == Per::step) return static_cast<double>(step);
  return per_ == Per::epoch ? std::floor(epoch) : epoch;
}

double Schedule::multiplier(std::uint64_t step, double epoch) {
  if (!rule_) return 1;
  const double unit = per_ == Per::step ? static_cast<double>(step) : std::floor(epoch);
  if (unit != unit_) {
    if (count_ > 0) rule_->saw(sum_ / static_cast<double>(count_));
    unit_ = unit;
    sum_ = 0;
    count_ = 0;
  }
  const double t = time(step, epoch);
  if (t >= warmup_) return rule_->at(t - warmup_);
  const double rise = warmup_rises_ ? (1 - warmup_from_) * (t / warmup_) : 0;
  return (warmup_from_ + rise) * rule_->at(0);
}

void Schedule::saw(double value) {
  sum_ += value;
  ++count_;
}

void Schedule::forget() {
  sum_ = 0;
  count_ = 0;
  if (rule_) rule_->forget();
}

}  // namespace ravine::harness
