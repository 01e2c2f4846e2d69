#include "tests/plugins/finite_sum.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "tests/plugins/host.hpp"

namespace ravine::test {
namespace {

Oracle& oracle_of(const ravine_oracle* oracle) { return *static_cast<Oracle*>(oracle->handle); }

std::int32_t draw(const ravine_oracle* table, std::uint64_t* ticket) {
  Oracle& oracle = oracle_of(table);
  const Samples& all = oracle.objective.samples;
  if (all.count == 0) return RAVINE_NOT_SUPPORTED;
  std::vector<std::uint64_t> samples(std::max<std::uint64_t>(all.batch_size, 1));
  for (auto& i : samples) i = oracle.tickets.drawn++ % all.count;
  *ticket = oracle.tickets.make(std::move(samples));
  return RAVINE_OK;
}

std::int32_t make(const ravine_oracle* table, const std::uint64_t* indices, std::uint64_t count,
                  std::uint64_t* ticket) {
  Oracle& oracle = oracle_of(table);
  const Samples& all = oracle.objective.samples;
  if (all.count == 0) return RAVINE_NOT_SUPPORTED;
  if (count == 0 ||
      !std::all_of(indices, indices + count, [&](std::uint64_t i) { return i < all.count; }))
    return RAVINE_INVALID;
  *ticket = oracle.tickets.make({indices, indices + count});
  return RAVINE_OK;
}

std::int32_t samples_of(const ravine_oracle* table, std::uint64_t ticket, std::uint64_t* indices,
                        std::uint64_t capacity, std::uint64_t* count) {
  const Oracle& oracle = oracle_of(table);
  if (ticket == RAVINE_FULL || oracle.objective.samples.count == 0) return RAVINE_NOT_SUPPORTED;
  const auto found = oracle.tickets.live.find(ticket);
  if (found == oracle.tickets.live.end()) return RAVINE_INVALID;
  *count = found->second.size();
  std::copy_n(found->second.begin(), std::min<std::uint64_t>(capacity, *count), indices);
  return RAVINE_OK;
}

std::int32_t release(const ravine_oracle* table, std::uint64_t ticket) {
  return oracle_of(table).tickets.live.erase(ticket) == 1 ? RAVINE_OK : RAVINE_INVALID;
}

std::int32_t gradients(const ravine_oracle* table, std::uint64_t ticket, const double* x,
                       double* gradients) {
  Oracle& oracle = oracle_of(table);
  const std::size_t n = oracle.objective.start.size();
  if (oracle.verdict)
    if (const auto status = oracle.verdict({x, n}); status != RAVINE_OK) return status;
  std::vector<std::uint64_t> samples(oracle.objective.samples.count);
  std::iota(samples.begin(), samples.end(), 0);
  if (ticket != RAVINE_FULL) {
    const auto found = oracle.tickets.live.find(ticket);
    if (found == oracle.tickets.live.end()) return RAVINE_INVALID;
    samples = found->second;
  }
  for (std::size_t k = 0; k < samples.size(); ++k)
    oracle.objective.samples.f(samples[k], {x, n}, {gradients + k * n, n});
  oracle.sample_gradients += samples.size();
  return RAVINE_OK;
}

}  // namespace

std::int32_t evaluate_ticket(const Objective& objective, const Tickets& tickets,
                             std::uint64_t ticket, std::span<const double> x, double& f,
                             std::span<double> g) {
  if (ticket == RAVINE_FULL || objective.samples.count == 0) {
    f = objective.f(x, g);
    return RAVINE_OK;
  }
  const auto found = tickets.live.find(ticket);
  if (found == tickets.live.end()) return RAVINE_INVALID;
  const auto count = static_cast<double>(found->second.size());
  std::vector<double> one(g.size());
  f = 0;
  std::fill(g.begin(), g.end(), 0.0);
  for (const std::uint64_t sample : found->second) {
    f += objective.samples.f(sample, x, one);
    for (std::size_t i = 0; i < g.size(); ++i) g[i] += one[i];
  }
  f /= count;
  for (double& v : g) v /= count;
  return RAVINE_OK;
}

void fill_batches(ravine_oracle& table) {
  table.draw_batch = &draw;
  table.make_batch = &make;
  table.batch_samples = &samples_of;
  table.release_batch = &release;
}

ravine_sample_gradients sample_gradients() { return {sizeof(ravine_sample_gradients), &gradients}; }

}  // namespace ravine::test
