// f(w) = 1/(2N) sum of (w - w_i)' A (w - w_i), w_i normal around c: the simplest sum over samples,
// in which everything about stochastic gradients is known in closed form. Recycled, the N samples
// are drawn once and the optimum is their mean; fresh, every batch holds new ones and the optimum
// is c.
#include <cmath>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/linear/spectrum.hpp"
#include "problems/quadratics/shifted.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

constexpr std::uint64_t kCanonicalKey = 0x243F6A8885A308D3;  // digits of pi

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  const std::uint64_t N = whole(parameters, "samples");
  if (n == 1 && real(parameters, "kappa") > 1)
    throw ProblemError("parameter 'kappa' of problem 'shifted_quadratics' must be 1 for n = 1");
  if (N > kMostShiftDoubles / n)
    throw ProblemError("problem 'shifted_quadratics' keeps samples times n numbers, at most " +
                       std::to_string(kMostShiftDoubles) + ": write fewer samples");
  Facts facts = plain_facts(shifted_quadratics_family(), n);
  const bool canonical = instance.index == 0;
  const std::uint64_t key = canonical ? kCanonicalKey : instance.seed;
  const double sigma = real(parameters, "sigma");
  auto q = rotation(parameters.at("rotation").text, n, key);

  const Stream centres(key, "shifted_quadratics/centre");
  const Stream training(key, "shifted_quadratics/training");
  const Stream fresh(instance.seed, "shifted_quadratics/fresh");
  Shifts shifts;
  shifts.centre.resize(n);
  shifts.variance.assign(n, sigma * sigma);
  facts.x0.resize(n);
  for (std::uint64_t j = 0; j < n; ++j) {
    shifts.centre[j] = canonical ? 0 : centres.normal(j);
    facts.x0[j] = shifts.centre[j] + 10;  // some standard deviations away
  }
  if (q) q->apply(facts.x0);
  const auto draw = [n, sigma, c = shifts.centre](const Stream& from, std::uint64_t i,
                                                  std::span<double> z) {
    for (std::uint64_t j = 0; j < n; ++j) z[j] = c[j] + sigma * from.normal(i * n + j);
  };
  shifts.z.resize(N * n);
  for (std::uint64_t i = 0; i < N; ++i) draw(training, i, std::span(shifts.z).subspan(i * n, n));
  if (parameters.at("sampling").text == "fresh")
    shifts.fresh = [draw, fresh](std::uint64_t i, std::span<double> z) { draw(fresh, i, z); };
  return std::make_unique<ShiftedQuadratics>(
      std::move(facts), spectrum(parameters.at("spectrum").text, n, real(parameters, "kappa"), 1),
      std::move(q), std::move(shifts));
}

}  // namespace

Family shifted_quadratics_family() {
  Family family;
  family.id = "shifted_quadratics";
  family.summary = "mean of equal bowls around random points, on recycled or on fresh samples";
  family.citation =
      "Schaul, Zhang and LeCun, No more pesky learning rates, ICML 2013; Polyak and Juditsky, "
      "Acceleration of stochastic approximation by averaging, SIAM Journal on Control and "
      "Optimization 30, 1992, 838-855";
  family.stochastic = true;
  family.seeded = true;
  using enum ParameterType;
  family.parameters = {
      dimension_parameter(1, "2"),
      {"samples", integer, "1000", 1, 1e8, {}, "N, of the training set; fresh: of an epoch"},
      {"sigma", real, "1", 0, 1e6, {}, "standard deviation of the points, in each direction"},
      {"kappa", real, "10", 1, 1e12, {}, "condition number; eigenvalues lie in [1, kappa]"},
      {"spectrum", choice, "log", 0, 0, {"log", "linear", "two"}, "how the eigenvalues are spaced"},
      {"rotation", choice, "none", 0, 0, rotation_names(), "orientation of the axes"},
      {"sampling",
       choice,
       "recycled",
       0,
       0,
       {"recycled", "fresh"},
       "where batches come from: the training set, or the generator"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
