#include "problems/matrices/sampled_chain.hpp"

#include <utility>

#include "problems/formula/known.hpp"

namespace ravine::problems {

using Eigen::Index;

SampledChain::SampledChain(Facts facts, std::vector<Factor> factors, ChainData full,
                           ChainSamples samples)
    : LinearChain(std::move(facts), std::move(factors), std::move(full)),
      samples_(std::move(samples)) {
  facts_.sample_count = static_cast<std::uint64_t>(samples_.kept.y.cols());
  facts_.fresh_samples = samples_.fresh;
  facts_.constants["N"] = static_cast<double>(facts_.sample_count);
  if (samples_.drawn)
    facts_.metrics = {
        {"training_loss", "1", false}, {"fresh_risk", "1", false}, {"gap", "1", false}};
  facts_.rounding_floor = rounding_floor_at(*this);
}

Answer SampledChain::measure(std::span<const double> x, std::span<double> metrics) {
  if (metrics.size() != facts_.metrics.size() || x.size() != facts_.n) return Answer::failed;
  if (metrics.empty()) return Answer::not_supported;
  metrics[0] = value_at(x, samples_.kept);
  metrics[1] = value_at(x, samples_.drawn->risk());
  metrics[2] = metrics[1] - metrics[0];
  return Answer::ok;
}

const ChainData& SampledChain::data_of(const Objective& objective) {
  if (objective.full) return full_data();
  const ChainData& kept = samples_.kept;
  const auto size = static_cast<Index>(objective.samples.size());
  batch_.x.resize(kept.x.rows(), size);
  batch_.y.resize(kept.y.rows(), size);
  batch_.weight = kept.weight * static_cast<double>(kept.y.cols()) / static_cast<double>(size);
  for (Index i = 0; i < size; ++i) {
    const std::uint64_t sample = objective.samples[static_cast<std::size_t>(i)];
    if (samples_.fresh) {  // behind those of the training set
      samples_.drawn->draw(facts_.sample_count + sample, i, batch_);
    } else {
      batch_.x.col(i) = kept.x.col(static_cast<Index>(sample));
      batch_.y.col(i) = kept.y.col(static_cast<Index>(sample));
    }
  }
  return batch_;
}

}  // namespace ravine::problems
