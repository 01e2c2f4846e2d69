// What the problems of Moré, Garbow and Hillstrom's collection share: f = sum of r_i^2 and the
// standard starts x0, 10 x0 and 100 x0.
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

/// The start that the parameter start_scale asks for: as in the collection, that many times the
/// paper's, and where this is 0 the scale itself in every entry.
void scale_start(Known& known, const Parameters& parameters);

template <class F>
std::unique_ptr<Problem> collection_problem(const Family& family, const Parameters& parameters,
                                            const Instance& instance, F f, Known known) {
  scale_start(known, parameters);
  return formula_problem(family, instance, std::move(f), known);
}

}  // namespace ravine::problems
