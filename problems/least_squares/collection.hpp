// What the problems of Moré, Garbow and Hillstrom's collection share: f = sum of r_i^2 and the
// standard starts x0, 10 x0 and 100 x0. mu, L and kappa are those of the Hessian at the minimizer.
#pragma once

#include <string>
#include <utility>

#include "problems/formula/formula.hpp"

namespace ravine::problems {

/// A family of the collection: its number there, where the problem comes from, and the parameters
/// that it has beside start_scale.
Family collection_family(const std::string& id, int number, const std::string& summary,
                         const std::string& source, decltype(Family::make) make,
                         std::vector<ParameterSpec> parameters = {});

/// The start as in the collection: `scale` times the paper's, and where this is 0 the scale itself
/// in every entry.
void scale_start(std::vector<double>& x0, double scale);

/// Throws ProblemError where the value or the gradient at the problem's start, `scale` times the
/// paper's, is not finite: no target could be told from it. The text names the scales that are
/// left.
void check_start(Problem& problem, const std::vector<double>& papers_x0, double scale);

template <class F>
std::unique_ptr<Problem> collection_problem(const Family& family, const Parameters& parameters,
                                            const Instance& instance, F f, Known known) {
  const double scale = real(parameters, "start_scale");
  const std::vector<double> papers_x0 = known.x0;
  scale_start(known.x0, scale);
  auto problem = formula_problem(family, instance, std::move(f), known);
  check_start(*problem, papers_x0, scale);
  return problem;
}

}  // namespace ravine::problems
