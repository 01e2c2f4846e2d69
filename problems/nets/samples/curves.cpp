// The curve is the parabola p(t) = p0 (1-t)(1-2t) + p1 4t(1-t) + p2 t(2t-1), which passes p0, p1
// and p2 at t = 0, 1/2, 1. A pixel's grey is exp(-d^2 / (2 w^2)), d its distance to the nearest of
// kPlaces places of the curve, w the pen's width.
#include "problems/nets/samples/curves.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ravine::problems::nets {
namespace {

constexpr Index kSide = 28;
constexpr int kPlaces = 64;
constexpr double kMargin = 4;
constexpr double kWidth = 0.8;

class Curves final : public Drawn {
 public:
  using Drawn::Drawn;

  [[nodiscard]] Index features() const override { return kSide * kSide; }
  [[nodiscard]] Index classes() const override { return 0; }

  void put(Part part, std::uint64_t index, Batch& batch, Index column) override {
    const Stream draws = stream(part, index, "nets/curves");
    std::array<double, 6> points{};
    for (std::size_t k = 0; k < points.size(); ++k)
      points[k] = kMargin + (static_cast<double>(kSide) - 1 - 2 * kMargin) * draws.uniform(k);
    std::array<double, kPlaces> x{}, y{};
    for (int k = 0; k < kPlaces; ++k) {
      const double t = static_cast<double>(k) / (kPlaces - 1);
      const double a = (1 - t) * (1 - 2 * t), b = 4 * t * (1 - t), c = t * (2 * t - 1);
      x[static_cast<std::size_t>(k)] = a * points[0] + b * points[2] + c * points[4];
      y[static_cast<std::size_t>(k)] = a * points[1] + b * points[3] + c * points[5];
    }
    double* pixel = batch.inputs.col(column).data();
    for (Index row = 0; row < kSide; ++row)
      for (Index side = 0; side < kSide; ++side)
        *pixel++ = grey(x, y, static_cast<double>(side), static_cast<double>(row));
  }

 private:
  static double grey(const std::array<double, kPlaces>& x, const std::array<double, kPlaces>& y,
                     double right, double down) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < kPlaces; ++k)
      nearest = std::min(nearest, (x[k] - right) * (x[k] - right) + (y[k] - down) * (y[k] - down));
    return std::exp(-nearest / (2 * kWidth * kWidth));
  }
};

}  // namespace

std::unique_ptr<Samples> curves(const Counts& counts, std::uint64_t seed) {
  return std::make_unique<Curves>(counts, seed);
}

}  // namespace ravine::problems::nets
