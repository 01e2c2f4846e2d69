#include "problems/nets/samples/sequences.hpp"

#include <algorithm>

namespace ravine::problems::nets {
namespace {

/// A step of [from, to), at least one step long.
std::uint64_t step_in(const Stream& draws, std::uint64_t index, std::uint64_t from,
                      std::uint64_t to) {
  return from + draws.below(index, std::max<std::uint64_t>(to, from + 1) - from);
}

class Addition final : public Drawn {
 public:
  Addition(const Counts& counts, Index steps, std::uint64_t seed)
      : Drawn(counts, seed), steps_(static_cast<std::uint64_t>(steps)) {}

  [[nodiscard]] Index features() const override { return 2 * static_cast<Index>(steps_); }
  [[nodiscard]] Index targets() const override { return 1; }

  void put(Part part, std::uint64_t index, Batch& batch, Index column) override {
    const Stream draws = stream(part, index, "nets/addition");
    double* step = batch.inputs.col(column).data();
    for (std::uint64_t t = 0; t < steps_; ++t) {
      step[2 * t] = draws.uniform(2 + t);
      step[2 * t + 1] = 0;
    }
    const std::uint64_t tenth = std::max<std::uint64_t>(steps_ / 10, 1);
    const std::uint64_t first = step_in(draws, 0, 0, tenth);
    const std::uint64_t second = step_in(draws, 1, tenth, steps_ / 2);
    double mean = 0;
    for (const std::uint64_t t : {first, second}) {
      step[2 * t + 1] = 1;
      mean += step[2 * t] / 2;
    }
    batch.targets(0, column) = mean;
  }

 private:
  std::uint64_t steps_;
};

class TemporalOrder final : public Drawn {
 public:
  TemporalOrder(const Counts& counts, Index steps, std::uint64_t seed)
      : Drawn(counts, seed), steps_(static_cast<std::uint64_t>(steps)) {}

  [[nodiscard]] Index features() const override { return static_cast<Index>(kSymbols * steps_); }
  [[nodiscard]] Index classes() const override { return 4; }

  void put(Part part, std::uint64_t index, Batch& batch, Index column) override {
    const Stream draws = stream(part, index, "nets/temporal order");
    auto inputs = batch.inputs.col(column);
    inputs.setZero();
    const std::uint64_t early = step_in(draws, 0, steps_ / 10, 2 * steps_ / 10);
    const std::uint64_t late = step_in(draws, 1, steps_ / 2, 6 * steps_ / 10);
    std::uint32_t label = 0;
    for (std::uint64_t t = 0; t < steps_; ++t) {
      const bool counts = t == early || t == late;
      // X and Y are the symbols 0 and 1.
      const std::uint64_t symbol = counts ? draws.below(2 + t, 2) : 2 + draws.below(2 + t, 4);
      if (counts) label = 2 * label + static_cast<std::uint32_t>(symbol);
      inputs[static_cast<Index>(kSymbols * t + symbol)] = 1;
    }
    batch.labels[static_cast<std::size_t>(column)] = label;
  }

 private:
  static constexpr std::uint64_t kSymbols = 6;
  std::uint64_t steps_;
};

}  // namespace

std::unique_ptr<Samples> addition(const Counts& counts, Index steps, std::uint64_t seed) {
  return std::make_unique<Addition>(counts, steps, seed);
}

std::unique_ptr<Samples> temporal_order(const Counts& counts, Index steps, std::uint64_t seed) {
  return std::make_unique<TemporalOrder>(counts, steps, seed);
}

}  // namespace ravine::problems::nets
