// What nelder_mead's comparisons share.
#pragma once

#include "tests/plugins/libraries/support.hpp"

namespace ravine::test {

/// The edges of nelder_mead's first simplex, with its defaults.
inline std::vector<double> first_edges(const std::vector<double>& x) {
  std::vector<double> edges;
  edges.reserve(x.size());
  for (const double v : x) edges.push_back(v != 0 ? (1 + 0.05) * v - v : 0.00025);
  return edges;
}

}  // namespace ravine::test
