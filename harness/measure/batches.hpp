// The data order of a trial and the tickets that name batches of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/suite/suite.hpp"
#include "problems/random/stream.hpp"

namespace ravine::harness {

/// The order depends on the instance's seed alone, so all optimizers see the same. Tickets are
/// never given twice, so a stale one is always known as such.
class Batches {
 public:
  /// Without samples every call but `samples(0)` fails; where steps get the full objective, drawn
  /// batches hold 32.
  Batches(const BatchRule& rule, std::uint64_t seed);

  [[nodiscard]] std::uint64_t draw();
  [[nodiscard]] std::uint64_t make(std::span<const std::uint64_t> samples);
  bool release(std::uint64_t ticket);  ///< false: not a live ticket

  /// The samples of a live ticket; empty for any other.
  [[nodiscard]] std::span<const std::uint64_t> samples(std::uint64_t ticket) const;

  [[nodiscard]] bool valid_sample(std::uint64_t index) const {
    return rule_.fresh || index < rule_.sample_count;
  }
  [[nodiscard]] std::uint64_t sample_count() const { return rule_.sample_count; }
  /// Passes over the data so far, by what was drawn from the order.
  [[nodiscard]] double epoch() const;

 private:
  struct Slot {
    std::uint64_t ticket = 0;  // 0: free
    std::vector<std::uint64_t> samples;
  };
  Slot& take_slot();
  void begin_epoch();
  [[nodiscard]] bool by_permutation() const {
    return !rule_.fresh && rule_.order == BatchOrder::shuffled;
  }

  BatchRule rule_;
  std::uint64_t slice_, epoch_size_, seed_;
  problems::Stream replacement_;
  std::uint64_t epoch_ = 0, position_ = 0, drawn_ = 0, last_ticket_ = 0;
  std::vector<std::uint64_t> order_;
  std::vector<Slot> slots_;  // reused, so that a step allocates nothing
};

}  // namespace ravine::harness
