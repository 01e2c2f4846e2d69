#include <array>
#include <cmath>

#include "problems/engineering/mesh_fitting.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

// Square roots of 2, 3 and 7.
constexpr std::array kRoots = {1.4142135623730951, 1.7320508075688772, 2.6457513110645907};

}  // namespace

double franke(double u, double v) {
  const double a = 9 * u, b = 9 * v;
  const auto square = [](double t) { return t * t; };
  return 0.75 * std::exp(-(square(a - 2) + square(b - 2)) / 4) +
         0.75 * std::exp(-square(a + 1) / 49 - (b + 1) / 10) +
         0.5 * std::exp(-(square(a - 7) + square(b - 3)) / 4) -
         0.2 * std::exp(-square(a - 4) - square(b - 7));
}

std::vector<Measurement> measure_surface(std::uint64_t count, std::uint64_t outlier_every,
                                         const Instance& instance) {
  const Stream stream(instance.seed, "mesh_fitting/measurements");
  const auto uniform = [&](std::uint64_t k, std::size_t which) {
    if (instance.index != 0) return stream.uniform(3 * k + which);
    const double multiple = static_cast<double>(k + 1) * kRoots.at(which);
    return multiple - std::floor(multiple);
  };
  std::vector<Measurement> result;
  for (std::uint64_t k = 0; k < count; ++k) {
    const double u = uniform(k, 0), v = uniform(k, 1);
    double z = franke(u, v) + (uniform(k, 2) - 0.5) / 10;
    if (outlier_every > 0 && k % outlier_every == 0) z += 0.5;
    result.push_back({u, v, z});
  }
  return result;
}

}  // namespace ravine::problems
