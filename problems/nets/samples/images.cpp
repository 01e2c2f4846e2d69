#include "problems/nets/samples/images.hpp"

#include <array>

namespace ravine::problems::nets {
namespace {

class Images final : public Drawn {
 public:
  Images(const ImageSet& set, const Counts& counts) : Drawn(counts, 0), set_(set) {
    for (std::size_t level = 0; level < pixel_.size(); ++level)
      pixel_[level] = static_cast<double>(level) / 255;
  }

  [[nodiscard]] Index features() const override {
    return static_cast<Index>(set_.train.pixels_per_image);
  }
  [[nodiscard]] Index classes() const override { return static_cast<Index>(set_.classes); }

  void put(Part part, std::uint64_t index, Batch& batch, Index column) override {
    const LabelledImages& images = part == Part::test ? set_.test : set_.train;
    if (part == Part::validation) index += count(Part::training);
    const std::uint64_t size = images.pixels_per_image;
    const std::uint8_t* from = &images.pixels[index * size];
    double* to = batch.inputs.col(column).data();
    for (std::uint64_t p = 0; p < size; ++p) to[p] = pixel_[from[p]];
    batch.labels[static_cast<std::size_t>(column)] = images.labels[index];
  }

 private:
  const ImageSet& set_;
  std::array<double, 256> pixel_{};  ///< level / 255
};

}  // namespace

std::unique_ptr<Samples> image_samples(const ImageSet& set, const Counts& counts) {
  return std::make_unique<Images>(set, counts);
}

}  // namespace ravine::problems::nets
