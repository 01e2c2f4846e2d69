// The box of a problem that has one (ravine.bounds/1).
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "problems/problem.hpp"

namespace ravine::harness {

/// Projects x onto the box, in place; nothing where there is none, and what is not a number stays.
/// Whether that moved x.
inline bool project(const problems::Facts& facts, std::span<double> x) {
  if (facts.lower.empty()) return false;
  bool moved = false;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double inside = std::clamp(x[i], facts.lower[i], facts.upper[i]);
    moved = moved || inside < x[i] || inside > x[i];
    x[i] = inside;
  }
  return moved;
}

}  // namespace ravine::harness
