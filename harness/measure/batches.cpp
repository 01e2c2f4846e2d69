#include "harness/measure/batches.hpp"

#include <algorithm>
#include <string>

namespace ravine::harness {
namespace {

constexpr std::uint64_t kSliceWithoutBatchSize = 32;

}  // namespace

Batches::Batches(const BatchRule& rule, std::uint64_t seed)
    : rule_(rule),
      slice_(std::min(rule.size == 0 ? kSliceWithoutBatchSize : rule.size, rule.sample_count)),
      epoch_size_(rule.drop_last && slice_ > 0 ? rule.sample_count / slice_ * slice_
                                               : rule.sample_count),
      seed_(seed),
      replacement_(seed, "data order, with replacement") {
  if (rule.size != 0) begin_epoch();
  slots_.resize(4);
  for (Slot& slot : slots_) slot.samples.reserve(slice_);
}

void Batches::begin_epoch() {
  if (!by_permutation()) return;
  order_.resize(rule_.sample_count);
  problems::Stream(seed_, "data order, epoch " + std::to_string(epoch_)).permutation(order_);
}

Batches::Slot& Batches::take_slot() {
  const auto free = std::ranges::find(slots_, std::uint64_t{0}, &Slot::ticket);
  Slot& slot = free == slots_.end() ? slots_.emplace_back() : *free;
  slot.ticket = ++last_ticket_;
  return slot;
}

std::uint64_t Batches::draw() {
  const bool passes = !rule_.fresh && rule_.order != BatchOrder::replacement;
  if (passes && by_permutation() && order_.empty()) begin_epoch();
  if (passes && position_ == epoch_size_) {
    position_ = 0;
    ++epoch_;
    begin_epoch();
  }
  const std::uint64_t count = passes ? std::min(slice_, epoch_size_ - position_) : slice_;
  Slot& slot = take_slot();
  slot.samples.resize(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t& sample = slot.samples[i];
    if (rule_.fresh)
      sample = drawn_ + i;
    else if (rule_.order == BatchOrder::replacement)
      sample = replacement_.below(drawn_ + i, rule_.sample_count);
    else
      sample = rule_.order == BatchOrder::shuffled ? order_[position_ + i] : position_ + i;
  }
  position_ += passes ? count : 0;
  drawn_ += count;
  return slot.ticket;
}

std::uint64_t Batches::make(std::span<const std::uint64_t> samples) {
  Slot& slot = take_slot();
  slot.samples.assign(samples.begin(), samples.end());
  return slot.ticket;
}

bool Batches::release(std::uint64_t ticket) {
  for (Slot& slot : slots_)
    if (ticket != 0 && slot.ticket == ticket) {
      slot.ticket = 0;
      return true;
    }
  return false;
}

std::span<const std::uint64_t> Batches::samples(std::uint64_t ticket) const {
  for (const Slot& slot : slots_)
    if (ticket != 0 && slot.ticket == ticket) return slot.samples;
  return {};
}

double Batches::epoch() const {
  if (rule_.fresh || rule_.order == BatchOrder::replacement)
    return static_cast<double>(drawn_) /
           static_cast<double>(std::max<std::uint64_t>(1, rule_.sample_count));
  return static_cast<double>(epoch_) +
         static_cast<double>(position_) /
             static_cast<double>(std::max<std::uint64_t>(1, epoch_size_));
}

}  // namespace ravine::harness
