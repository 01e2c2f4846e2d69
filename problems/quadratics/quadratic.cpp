// Convex quadratics of any dimension with a prescribed spectrum, aligned with the axes or rotated.
#include <string>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/linear/spectrum.hpp"
#include "problems/quadratics/form.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

// Of what instance 0 draws, its rotation and the eigenvalues of "deepobs": digits of pi.
constexpr std::uint64_t kCanonicalKey = 0x243F6A8885A308D3;

constexpr double kDefaultKappa = 100;

void check(const Parameters& parameters) {
  const std::uint64_t n = whole(parameters, "n");
  const std::uint64_t groups = whole(parameters, "groups");
  const std::string& spectrum = parameters.at("spectrum").text;
  const bool conditioned = real(parameters, "kappa") > 1;
  const bool own = spectrum == "laplacian" || spectrum == "deepobs";  // conditioned by themselves
  if (own && real(parameters, "kappa") != kDefaultKappa)
    throw ProblemError(
        "spectrum '" + spectrum +
        "' of problem 'quadratic' has a condition number of its own: leave kappa out");
  if (n == 1 && conditioned && !own)
    throw ProblemError("parameter 'kappa' of problem 'quadratic' must be 1 for n = 1");
  if ((spectrum == "distinct" || spectrum == "clusters") &&
      (groups > n || (conditioned && groups < 2)))
    throw ProblemError(
        "parameter 'groups' of problem 'quadratic' must be from 2 (from 1 for kappa = 1) to n = " +
        std::to_string(n) + ", not " + std::to_string(groups));
  if (parameters.at("rotation").text == "dense" && n > kDenseRotationLimit)
    throw ProblemError("rotation 'dense' of problem 'quadratic' is for n of at most " +
                       std::to_string(kDenseRotationLimit) + ", not " + std::to_string(n) +
                       ": write rotation = \"hadamard\"");
}

// Canonical: c = 0, x0 = Q (1, ..., 1). Others: both normal.
std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  check(parameters);
  Facts facts = plain_facts(quadratic_family(), whole(parameters, "n"));
  const std::uint64_t n = facts.n;
  const bool canonical = instance.index == 0;
  const std::uint64_t key = canonical ? kCanonicalKey : instance.seed;
  auto d = spectrum(parameters.at("spectrum").text, n, real(parameters, "kappa"),
                    whole(parameters, "groups"), key);
  auto q = rotation(parameters.at("rotation").text, n, key);
  const Stream shift(instance.seed, "quadratic/shift");
  const Stream start(instance.seed, "quadratic/start");
  facts.x0.resize(n);
  facts.x_star.resize(n);
  for (std::uint64_t i = 0; i < n; ++i) {
    facts.x_star[i] = canonical ? 0 : shift.normal(i);
    facts.x0[i] = canonical ? 1 : start.normal(i);
  }
  if (q) q->apply(facts.x0);
  for (std::uint64_t i = 0; i < n; ++i) facts.x0[i] += facts.x_star[i];
  auto form = std::make_unique<QuadraticForm>(std::move(facts), std::move(d), std::move(q));
  if (parameters.at("components").text == "each") form->measure_components();
  return form;
}

}  // namespace

Family quadratic_family() {
  Family family;
  family.id = "quadratic";
  family.summary = "convex quadratic with a prescribed spectrum, up to ten million variables";
  family.citation =
      "Polyak, Some methods of speeding up the convergence of iteration methods, USSR "
      "Computational Mathematics and Mathematical Physics 4(5), 1964, 1-17";
  family.revision = 2;
  using enum ParameterType;
  family.parameters = {
      dimension_parameter(1, "100"),
      {"kappa", real, "100", 1, 1e12, {}, "condition number; eigenvalues lie in [1, kappa]"},
      {"spectrum", choice, "log", 0, 0, spectrum_names(),
       "how the eigenvalues are spaced; laplacian and deepobs have a condition of their own"},
      {"groups", integer, "5", 1, 1e7, {}, "number of values of 'distinct', or of clusters"},
      {"rotation", choice, "none", 0, 0, rotation_names(), "orientation of the axes"},
      {"components",
       choice,
       "none",
       0,
       0,
       {"none", "each"},
       "metrics: how far x is from the minimizer within each eigenspace, for up to 8",
       true},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
