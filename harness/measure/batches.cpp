#include "harness/measure/batches.hpp"

#include <algorithm>
#include <string>

namespace ravine::harness {
namespace {

constexpr std::uint64_t kSliceWithoutBatchSize = 32;

}  // namespace

Batches::Batches(std::uint64_t sample_count, std::uint64_t batch_size, std::uint64_t seed)
    : sample_count_(sample_count),
      slice_(std::min(batch_size == 0 ? kSliceWithoutBatchSize : batch_size, sample_count)),
      seed_(seed),
      order_(batch_size == 0 ? 0 : sample_count) {
  if (!order_.empty()) shuffle();
  slots_.resize(4);
  for (Slot& slot : slots_) slot.samples.reserve(slice_);
}

void Batches::shuffle() {
  order_.resize(sample_count_);
  problems::Stream(seed_, "data order, epoch " + std::to_string(epoch_)).permutation(order_);
}

Batches::Slot& Batches::free_slot() {
  for (Slot& slot : slots_)
    if (slot.ticket == 0) return slot;
  return slots_.emplace_back();
}

std::uint64_t Batches::draw() {
  if (order_.empty()) shuffle();
  if (position_ == sample_count_) {
    position_ = 0;
    ++epoch_;
    shuffle();
  }
  const std::uint64_t count = std::min(slice_, sample_count_ - position_);
  const std::uint64_t begin = position_;
  position_ += count;
  return make(std::span(order_).subspan(begin, count));
}

std::uint64_t Batches::make(std::span<const std::uint64_t> samples) {
  Slot& slot = free_slot();
  slot.samples.assign(samples.begin(), samples.end());
  slot.ticket = ++last_ticket_;
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
  return static_cast<double>(epoch_) +
         static_cast<double>(position_) /
             static_cast<double>(std::max<std::uint64_t>(1, sample_count_));
}

}  // namespace ravine::harness
