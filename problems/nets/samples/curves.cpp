// The curve is the parabola p(t) = p0 (1-t)(1-2t) + p1 4t(1-t) + p2 t(2t-1), which passes p0, p1
// and p2 at t = 0, 1/2, 1. A pixel's grey is exp(-d^2 / (2 w^2)), d its distance to the nearest of
// kPlaces places of the curve, w the pen's width; it is less than half a level beyond kReach
// pixels.
#include "problems/nets/samples/curves.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace ravine::problems::nets {
namespace {

constexpr std::uint64_t kSeed = 2006;
constexpr int kSide = 28;
constexpr std::size_t kPixels = std::size_t{kSide} * kSide;
constexpr int kPlaces = 64;
constexpr int kReach = 3;
constexpr double kMargin = 4;
constexpr double kWidth = 0.8;

// Squared distances of the pixels around (x, y), where they are smaller than what is there.
void approach(double x, double y, std::array<double, kPixels>& nearest) {
  const int column = static_cast<int>(std::lround(x));
  const int row = static_cast<int>(std::lround(y));
  for (int down = std::max(row - kReach, 0); down <= std::min(row + kReach, kSide - 1); ++down)
    for (int side = std::max(column - kReach, 0); side <= std::min(column + kReach, kSide - 1);
         ++side) {
      double& d = nearest[static_cast<std::size_t>(down) * kSide + static_cast<std::size_t>(side)];
      d = std::min(d, (x - side) * (x - side) + (y - down) * (y - down));
    }
}

void draw(const Stream& draws, std::uint8_t* levels) {
  std::array<double, 6> p{};
  for (std::size_t k = 0; k < p.size(); ++k)
    p[k] = kMargin + (kSide - 1 - 2 * kMargin) * draws.uniform(k);
  std::array<double, kPixels> nearest{};
  nearest.fill((kReach + 1) * (kReach + 1));
  for (int k = 0; k < kPlaces; ++k) {
    const double t = static_cast<double>(k) / (kPlaces - 1);
    const double a = (1 - t) * (1 - 2 * t);
    const double b = 4 * t * (1 - t);
    const double c = t * (2 * t - 1);
    approach(a * p[0] + b * p[2] + c * p[4], a * p[1] + b * p[3] + c * p[5], nearest);
  }
  for (std::size_t i = 0; i < kPixels; ++i)
    levels[i] =
        static_cast<std::uint8_t>(std::lround(255 * std::exp(-nearest[i] / (2 * kWidth * kWidth))));
}

class Curves final : public Drawn {
 public:
  Curves(const Counts& counts, DataSets& data) : Drawn(counts, kSeed) {
    constexpr const char* kNames[] = {"training", "validation", "test"};
    for (const Part part : {Part::training, Part::validation, Part::test}) {
      const auto which = static_cast<std::size_t>(part);
      const std::uint64_t images = count(part);
      if (images == 0) continue;
      const std::string name =
          std::string("curves, the first ") + std::to_string(images) + " of " + kNames[which];
      const auto words = data.derived(
          name, images * kPixels / sizeof(std::uint32_t), [&](std::span<std::uint32_t> out) {
            auto* levels = reinterpret_cast<std::uint8_t*>(out.data());
            for (std::uint64_t i = 0; i < images; ++i)
              draw(stream(part, i, "nets/curves"), levels + i * kPixels);
          });
      levels_[which] = reinterpret_cast<const std::uint8_t*>(words.data());
    }
  }

  [[nodiscard]] Index features() const override { return static_cast<Index>(kPixels); }

  void put(Part part, std::uint64_t index, Batch& batch, Index column) override {
    const std::uint8_t* levels = levels_[static_cast<std::size_t>(part)] + index * kPixels;
    double* pixel = batch.inputs.col(column).data();
    for (std::size_t i = 0; i < kPixels; ++i) pixel[i] = static_cast<double>(levels[i]) / 255;
  }

 private:
  std::array<const std::uint8_t*, 3> levels_{};
};

}  // namespace

std::unique_ptr<Samples> curves(const Counts& counts, DataSets& data) {
  return std::make_unique<Curves>(counts, data);
}

}  // namespace ravine::problems::nets
