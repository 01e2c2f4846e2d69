#include "problems/nets/samples/label_noise.hpp"

#include <utility>

#include "problems/random/stream.hpp"

namespace ravine::problems::nets {
namespace {

class NoisyLabels final : public Samples {
 public:
  NoisyLabels(std::unique_ptr<Samples> samples, double share, std::uint64_t seed)
      : samples_(std::move(samples)), share_(share), stream_(seed, "nets/label noise") {}

  [[nodiscard]] Index features() const override { return samples_->features(); }
  [[nodiscard]] Index classes() const override { return samples_->classes(); }
  [[nodiscard]] std::uint64_t count(Part part) const override { return samples_->count(part); }

  void put(Part part, std::uint64_t index, Batch& batch, Index column) override {
    samples_->put(part, index, batch, column);
    if (part != Part::training || stream_.uniform(2 * index) >= share_) return;
    batch.labels[static_cast<std::size_t>(column)] = static_cast<std::uint32_t>(
        stream_.below(2 * index + 1, static_cast<std::uint64_t>(classes())));
  }

 private:
  std::unique_ptr<Samples> samples_;
  double share_;
  Stream stream_;
};

}  // namespace

std::unique_ptr<Samples> noisy_labels(std::unique_ptr<Samples> samples, double share,
                                      std::uint64_t seed) {
  return std::make_unique<NoisyLabels>(std::move(samples), share, seed);
}

}  // namespace ravine::problems::nets
