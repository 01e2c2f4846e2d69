// The oracle's batches: drawing, making, reading and releasing tickets.
#include <algorithm>
#include <cstring>

#include "harness/measure/oracle.hpp"

namespace ravine::harness {
namespace {

/// Handing out samples is the oracle's work, not the optimizer's.
class OracleTime {
 public:
  explicit OracleTime(Books& books) : books_(books) { books_.switch_to(Account::oracle); }
  ~OracleTime() { books_.switch_to(Account::optimizer); }
  OracleTime(const OracleTime&) = delete;
  OracleTime& operator=(const OracleTime&) = delete;

 private:
  Books& books_;
};

}  // namespace

std::int32_t Oracle::draw(std::uint64_t* ticket) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  const OracleTime time(books_);
  if (batches_.sample_count() == 0) return RAVINE_NOT_SUPPORTED;
  if (ticket == nullptr) return invalid("passed a null pointer to draw_batch");
  ++area_.counts.batches;
  *ticket = batches_.draw();
  return RAVINE_OK;
}

std::int32_t Oracle::make(const std::uint64_t* indices, std::uint64_t count,
                          std::uint64_t* ticket) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  const OracleTime time(books_);
  if (batches_.sample_count() == 0) return RAVINE_NOT_SUPPORTED;
  if (indices == nullptr || ticket == nullptr || count == 0)
    return invalid("passed a null pointer or no samples to make_batch");
  for (std::uint64_t i = 0; i < count; ++i)
    if (!batches_.valid_sample(indices[i]))
      return invalid("made a batch of samples that do not exist");
  ++area_.counts.batches;
  *ticket = batches_.make({indices, count});
  return RAVINE_OK;
}

std::int32_t Oracle::samples(std::uint64_t ticket, std::uint64_t* indices, std::uint64_t capacity,
                             std::uint64_t* count) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  const OracleTime time(books_);
  if (count == nullptr || (indices == nullptr && capacity > 0))
    return invalid("passed a null pointer to batch_samples");
  if (ticket == RAVINE_FULL || batches_.sample_count() == 0) return RAVINE_NOT_SUPPORTED;
  const auto found = batches_.samples(ticket);
  if (found.empty()) return invalid("used a stale ticket");
  *count = found.size();
  const std::size_t fits = std::min<std::size_t>(capacity, found.size());
  if (fits > 0) std::memcpy(indices, found.data(), fits * sizeof(std::uint64_t));
  return RAVINE_OK;
}

std::int32_t Oracle::release_drawn(std::uint64_t ticket) {
  if (!open_) return invalid("released a batch outside init, step, run, reset and stage");
  if (ticket == step_ticket_ || !batches_.release(ticket))
    return invalid("released a ticket that was not its own");
  return gate();
}

}  // namespace ravine::harness
