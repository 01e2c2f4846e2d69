// f(x) = sum of x_i^2, from (1, ..., 1): x^2 and x^2 + y^2, on which gradient descent multiplies x
// by 1 - 2 alpha in each step, whatever alpha.
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/quadratics/form.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

constexpr double kBox = 2;  // instances but 0 start uniformly in [-2, 2]^n

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  Facts facts = plain_facts(sphere_family(), whole(parameters, "n"));
  const Stream start(instance.seed, "sphere/start");
  facts.x_star.assign(facts.n, 0.0);
  facts.x0.assign(facts.n, 1.0);
  if (instance.index != 0)
    for (std::uint64_t i = 0; i < facts.n; ++i) facts.x0[i] = kBox * (2 * start.uniform(i) - 1);
  std::vector<double> twice(facts.n, 2.0);
  return std::make_unique<QuadraticForm>(std::move(facts), std::move(twice), nullptr);
}

}  // namespace

Family sphere_family() {
  Family family;
  family.id = "sphere";
  family.summary = "x^2, x^2 + y^2 and so on: the first exercise in learning rates";
  family.citation =
      "Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, Comptes "
      "rendus 25, 1847, 536-538";
  family.parameters = {dimension_parameter(1, "1")};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
