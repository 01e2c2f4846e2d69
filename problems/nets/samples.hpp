// Where the samples of a net come from. One source a file, in samples/.
#pragma once

#include <cstdint>

#include "problems/nets/loss.hpp"

namespace ravine::problems::nets {

/// What a sample is for: training ones are the objective's, the others the judge's alone.
enum class Part { training, validation, test };

class Samples {
 public:
  Samples() = default;
  Samples(const Samples&) = delete;
  Samples& operator=(const Samples&) = delete;
  virtual ~Samples() = default;

  [[nodiscard]] virtual Index features() const = 0;
  /// K where samples have labels 0 ... K - 1, else 0.
  [[nodiscard]] virtual Index classes() const { return 0; }
  /// Numbers that the net is to say of a sample without a label, else 0.
  [[nodiscard]] virtual Index targets() const { return 0; }
  [[nodiscard]] virtual std::uint64_t count(Part part) const = 0;

  /// Sample `index` of a part, below its count, to a column of the batch: inputs, and label or
  /// targets.
  virtual void put(Part part, std::uint64_t index, Batch& batch, Index column) = 0;

  /// Makes room for at least `capacity` samples; what was in the batch is lost when it grows.
  void fit(Batch& batch, Index capacity) const {
    if (batch.inputs.cols() >= capacity) return;
    batch.inputs.resize(features(), capacity);
    if (targets() > 0) batch.targets.resize(targets(), capacity);
    batch.labels.resize(static_cast<std::size_t>(capacity));
  }
};

}  // namespace ravine::problems::nets
