#include "problems/nets/samples/shapes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ravine::problems::nets {
namespace {

constexpr std::uint64_t kClasses = 3;

/// Is u in the square, the disc or the equilateral triangle of circumradius 1?
bool is_inside(std::uint64_t label, const Eigen::Vector2d& u) {
  if (label == 0) return u.cwiseAbs().maxCoeff() <= 0.5 * std::numbers::sqrt2;
  if (label == 1) return u.squaredNorm() <= 1;
  // The three sides are at distance 1/2, their normals 120 degrees apart.
  const double slanted = 0.5 * std::numbers::sqrt3 * std::abs(u[0]) + 0.5 * u[1];
  return slanted <= 0.5 && -u[1] <= 0.5;
}

Eigen::Matrix2d rotation(double angle) {
  Eigen::Matrix2d r;
  r << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
  return r;
}

/// The number at `share` of the way through those of [0, 1] that differ enough from `grey`.
double contrasting(double grey, double share) {
  const double below = std::max(grey - kLeastContrast, 0.0);
  const double above = std::max(1 - grey - kLeastContrast, 0.0);
  const double at = share * (below + above);
  return at < below ? at : grey + kLeastContrast + (at - below);
}

class Shapes final : public Drawn {
 public:
  explicit Shapes(const ShapesSpec& spec) : Drawn(spec.counts, spec.seed), basic_(spec.basic) {}

  [[nodiscard]] Index features() const override { return kShapeSide * kShapeSide; }
  [[nodiscard]] Index classes() const override { return kClasses; }

  void put(Part part, std::uint64_t index, Batch& batch, Index column) override {
    const Stream draws = stream(part, index, "nets/shapes");
    const std::uint64_t label = index % kClasses;
    const bool basic = part == Part::training && index < basic_;
    const auto radius = [&](std::uint64_t k) {
      return kSmallestRadius + (kLargestRadius - kSmallestRadius) * draws.uniform(k);
    };
    const double a = radius(0), b = basic ? a : radius(1);
    const Eigen::Matrix2d turn = rotation(2 * std::numbers::pi * draws.uniform(2));
    const Eigen::Matrix2d inner =
        rotation(label == 2 ? 2 * std::numbers::pi * draws.uniform(3) : 0);
    const Eigen::Matrix2d scale = Eigen::Vector2d(a, b).asDiagonal();
    // Half the sides of the box around the ellipse.
    const Eigen::Vector2d reach = (turn * scale).rowwise().norm();
    Eigen::Vector2d centre;
    for (Index k = 0; k < 2; ++k)
      centre[k] =
          reach[k] + (kShapeSide - 2 * reach[k]) * draws.uniform(static_cast<std::uint64_t>(4 + k));
    const Eigen::Matrix2d shrink = Eigen::Vector2d(1 / a, 1 / b).asDiagonal();
    const Eigen::Matrix2d back = inner.transpose() * shrink * turn.transpose();
    const double ground = draws.uniform(6), figure = contrasting(ground, draws.uniform(7));
    double* pixel = batch.inputs.col(column).data();
    for (Index row = 0; row < kShapeSide; ++row)
      for (Index side = 0; side < kShapeSide; ++side) {
        const Eigen::Vector2d at(static_cast<double>(side) + 0.5, static_cast<double>(row) + 0.5);
        *pixel++ = is_inside(label, back * (at - centre)) ? figure : ground;
      }
    batch.labels[static_cast<std::size_t>(column)] = static_cast<std::uint32_t>(label);
  }

 private:
  std::uint64_t basic_;
};

}  // namespace

std::unique_ptr<Samples> shapes(const ShapesSpec& spec) { return std::make_unique<Shapes>(spec); }

}  // namespace ravine::problems::nets
