// A product of matrices fitted to samples, all at once or in batches.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "problems/matrices/linear_chain.hpp"
#include "problems/matrices/linear_samples.hpp"

namespace ravine::problems {

/// `kept`: the samples that batches are taken from or, beside fresh ones, the training set; f of
/// all of them is the sum that its weight makes.
struct ChainSamples {
  bool fresh = false;
  ChainData kept;
  std::unique_ptr<LinearSamples> drawn;  ///< what `kept` came from; null where it was not drawn
};

/// The objective of a batch is the mean over its samples, times what makes that of all the full
/// one. Where they are drawn, "training_loss", "fresh_risk" and "gap" are metrics.
class SampledChain final : public LinearChain {
 public:
  SampledChain(Facts facts, std::vector<Factor> factors, ChainData full, ChainSamples samples);

  using LinearChain::residuals;  // those of Residuals too
  Residuals* residuals() override { return samples_.fresh ? nullptr : this; }
  Answer measure(std::span<const double> x, std::span<double> metrics) override;

 protected:
  const ChainData& data_of(const Objective& objective) override;

 private:
  ChainSamples samples_;
  ChainData batch_;  ///< scratch
};

}  // namespace ravine::problems
