// The data order of a trial and the tickets that name batches of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "problems/random/stream.hpp"

namespace ravine::harness {

/// Mini-batches are consecutive slices of a fresh permutation each epoch; the last one of an epoch
/// may be shorter. The order depends on the instance's seed alone, so all optimizers see the same.
/// Tickets are never given twice, so a stale one is always known as such.
class Batches {
 public:
  /// sample_count 0: no samples, every call but `samples(0)` fails. batch_size is at most
  /// sample_count; 0 stands for "steps get the full objective", and drawn batches hold 32 then.
  Batches(std::uint64_t sample_count, std::uint64_t batch_size, std::uint64_t seed);

  [[nodiscard]] std::uint64_t draw();
  [[nodiscard]] std::uint64_t make(std::span<const std::uint64_t> samples);
  bool release(std::uint64_t ticket);  ///< false: not a live ticket

  /// The samples of a live ticket; empty for any other.
  [[nodiscard]] std::span<const std::uint64_t> samples(std::uint64_t ticket) const;

  [[nodiscard]] bool valid_sample(std::uint64_t index) const { return index < sample_count_; }
  [[nodiscard]] std::uint64_t sample_count() const { return sample_count_; }
  /// Passes over the data so far, by what was drawn from the order.
  [[nodiscard]] double epoch() const;

 private:
  struct Slot {
    std::uint64_t ticket = 0;  // 0: free
    std::vector<std::uint64_t> samples;
  };
  Slot& free_slot();
  void shuffle();

  std::uint64_t sample_count_, slice_, seed_;
  std::uint64_t epoch_ = 0, position_ = 0, last_ticket_ = 0;
  std::vector<std::uint64_t> order_;
  std::vector<Slot> slots_;  // reused, so that a step allocates nothing
};

}  // namespace ravine::harness
