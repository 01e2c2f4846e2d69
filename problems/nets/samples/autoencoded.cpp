#include "problems/nets/samples/autoencoded.hpp"

#include <utility>

namespace ravine::problems::nets {
namespace {

class Autoencoded final : public Samples {
 public:
  explicit Autoencoded(std::unique_ptr<Samples> samples) : samples_(std::move(samples)) {}

  [[nodiscard]] Index features() const override { return samples_->features(); }
  [[nodiscard]] Index targets() const override { return samples_->features(); }
  [[nodiscard]] std::uint64_t count(Part part) const override { return samples_->count(part); }

  void put(Part part, std::uint64_t index, Batch& batch, Index column) override {
    samples_->put(part, index, batch, column);
    batch.targets.col(column) = batch.inputs.col(column);
  }

 private:
  std::unique_ptr<Samples> samples_;
};

}  // namespace

std::unique_ptr<Samples> autoencoded(std::unique_ptr<Samples> samples) {
  return std::make_unique<Autoencoded>(std::move(samples));
}

}  // namespace ravine::problems::nets
