// DeepOBS's quadratic_deep: f(w) = 1/(2N) sum of (w - w_i)' A (w - w_i) in 100 dimensions, 90
// eigenvalues of A uniform in [0, 1) and 10 in [30, 60), a rotation by the subgroup algorithm of
// Diaconis and Shahshahani, w_i ~ N(0, 0.6^2), 1000 to train and 1000 to test. Instance 0 has
// DeepOBS's own numbers, those of NumPy's generator with the seeds 42 and 43 (in double precision,
// where DeepOBS rounds to single): kappa = 9621.13, f(x0) = 353.71, f* = 84.770, the test loss at
// x* is 87.129. Other instances take other seeds.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/linear/dense_rotation.hpp"
#include "problems/quadratics/shifted.hpp"
#include "problems/random/numpy_legacy.hpp"

namespace ravine::problems {
namespace {

constexpr std::size_t kN = 100;
constexpr std::size_t kSamples = 1000;
constexpr double kNoise = 0.6;

/// Uniform in SO(n), row-major, from the plane upwards: in each dimension a reflection that turns
/// the first axis to a uniform direction.
std::vector<double> subgroup_rotation(NumpyRandomState& random, std::size_t n) {
  const double t = 2 * std::numbers::pi * random.uniform();
  std::vector<double> r{std::cos(t), std::sin(t), -std::sin(t), std::cos(t)};
  for (std::size_t size = 3; size <= n; ++size) {
    std::vector<double> x(size), d(size * size), along(size);
    for (double& entry : x) entry = random.normal();
    const auto normalize = [&] {
      const double norm = std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0));
      for (double& entry : x) entry /= norm;
    };
    normalize();
    for (double& entry : x) entry = -entry;
    x[0] += 1;
    normalize();
    d[0] = 1;  // r in the lower right corner
    for (std::size_t i = 1; i < size; ++i)
      std::copy_n(&r[(i - 1) * (size - 1)], size - 1, &d[i * size + 1]);
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < size; ++j) along[j] += x[i] * d[i * size + j];
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < size; ++j) d[i * size + j] -= 2 * x[i] * along[j];
    r = std::move(d);
  }
  for (double& entry : r) entry = -entry;
  return r;
}

/// The samples of a seed, turned into the coordinates of the eigenvectors.
std::vector<double> samples(std::uint32_t seed, DenseRotation& q) {
  NumpyRandomState random(seed);
  std::vector<double> z(kSamples * kN);
  for (double& entry : z) entry = kNoise * random.normal();
  for (std::size_t i = 0; i < kSamples; ++i) q.apply_transposed(std::span(z).subspan(i * kN, kN));
  return z;
}

std::unique_ptr<Problem> make(const Parameters&, const Instance& instance, DataSets&) {
  const auto seed = instance.index == 0 ? 42U : static_cast<std::uint32_t>(instance.seed);
  NumpyRandomState random(seed);
  std::vector<double> d(kN);
  for (std::size_t i = 0; i < kN; ++i) d[i] = i < 90 ? random.uniform() : random.uniform(30, 60);
  // A = R' diag(d) R: Q = R', its columns in the order of the eigenvalues.
  const std::vector<double> r = subgroup_rotation(random, kN);
  std::vector<std::size_t> order(kN);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return d[i]; });
  std::vector<double> q(kN * kN);
  for (std::size_t i = 0; i < kN; ++i)
    for (std::size_t j = 0; j < kN; ++j) q[i * kN + j] = r[order[j] * kN + i];
  std::ranges::sort(d);
  auto rotation = std::make_unique<DenseRotation>(std::move(q));
  Shifts shifts;
  shifts.z = samples(seed, *rotation);
  shifts.test = samples(seed + 1, *rotation);
  Facts facts = plain_facts(quadratic_deep_family(), kN);
  facts.x0.assign(kN, 1.0);
  return std::make_unique<ShiftedQuadratics>(std::move(facts), std::move(d), std::move(rotation),
                                             std::move(shifts));
}

}  // namespace

Family quadratic_deep_family() {
  Family family;
  family.id = "quadratic_deep";
  family.summary = "DeepOBS's stochastic quadratic with the spectrum of a net's Hessian";
  family.citation =
      "Schneider, Balles and Hennig, DeepOBS: a deep learning optimizer benchmark suite, ICLR "
      "2019; "
      "Chaudhari et al., Entropy-SGD: biasing gradient descent into wide valleys, ICLR 2017";
  family.stochastic = true;
  family.seeded = true;
  family.make = make;
  return family;
}

}  // namespace ravine::problems
