// What is known of a formula beside itself: its start, its minima, where it may be started.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "problems/family.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

struct Known {
  std::vector<double> x0{};      ///< the paper's start, n doubles
  std::vector<double> x_star{};  ///< a global minimizer; empty when unknown or at infinity
  std::optional<double> f_star{};
  /// Other points where the gradient vanishes, and values that are approached at infinity.
  std::vector<Landmark> landmarks{};
  /// Instances but 0 start uniformly in the box of this half-width, times max(1, |centre_i|),
  /// around the centre, entry by entry.
  double spread = 0.5;
  std::optional<double> centre{};  ///< of that box in every entry; x0 where there is none

  void fill(Facts& facts, const Instance& instance) const;
};

/// The smallest relative target that rounding of x to doubles near x_star, and of f there, lets a
/// method meet: the largest (f(x) - f*) / (f0 - f*) seen where every entry of x_star is moved by
/// one unit in the last place, up or down, in several patterns of signs.
double rounding_floor_at(Problem& problem);

}  // namespace ravine::problems
