#include "problems/nets/samples/points.hpp"

#include <cmath>
#include <numbers>

namespace ravine::problems::nets {
namespace {

constexpr double kPi = std::numbers::pi;

/// Labels go round: sample i is of class i mod K. `Place` gives the point without noise.
template <class Place>
class Points final : public Drawn {
 public:
  Points(const PointsSpec& spec, Place place)
      : Drawn(spec.counts, spec.seed), spec_(spec), place_(place) {}

  [[nodiscard]] Index features() const override { return 2; }
  [[nodiscard]] Index classes() const override { return static_cast<Index>(spec_.classes); }

  void put(Part part, std::uint64_t index, Batch& batch, Index column) override {
    const Stream draws = stream(part, index, "nets/points");
    const std::uint64_t label = index % spec_.classes;
    double* at = batch.inputs.col(column).data();
    place_(part, index / spec_.classes, label, draws.uniform(0), at);
    for (std::uint64_t k = 0; k < 2; ++k)
      if (spec_.noise > 0) at[k] += spec_.noise * draws.normal(1 + k);
    batch.labels[static_cast<std::size_t>(column)] = static_cast<std::uint32_t>(label);
  }

 private:
  PointsSpec spec_;
  Place place_;
};

template <class Place>
std::unique_ptr<Samples> points(const PointsSpec& spec, Place place) {
  return std::make_unique<Points<Place>>(spec, place);
}

}  // namespace

std::unique_ptr<Samples> two_spirals(const PointsSpec& spec) {
  return points(spec, [](Part part, std::uint64_t i, std::uint64_t label, double, double* at) {
    const double place = static_cast<double>(i % 97) + (part == Part::training ? 0 : 0.5);
    const double phi = place * kPi / 16;
    const double r = (104 - place) / 104;
    const double sign = label == 0 ? 1 : -1;
    at[0] = sign * r * std::sin(phi);
    at[1] = sign * r * std::cos(phi);
  });
}

std::unique_ptr<Samples> moons(const PointsSpec& spec) {
  return points(spec, [](Part, std::uint64_t, std::uint64_t label, double uniform, double* at) {
    const double a = kPi * uniform;
    at[0] = label == 0 ? std::cos(a) : 1 - std::cos(a);
    at[1] = label == 0 ? std::sin(a) : 0.5 - std::sin(a);
  });
}

std::unique_ptr<Samples> blobs(const PointsSpec& spec) {
  PointsSpec clouds = spec;
  clouds.noise += 1;
  const auto classes = static_cast<double>(spec.classes);
  return points(clouds, [classes](Part, std::uint64_t, std::uint64_t label, double, double* at) {
    const double a = 2 * kPi * static_cast<double>(label) / classes;
    at[0] = 3 * std::cos(a);
    at[1] = 3 * std::sin(a);
  });
}

}  // namespace ravine::problems::nets
