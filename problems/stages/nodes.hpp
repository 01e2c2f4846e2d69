// Points and weights whose sums stand for means over Z ~ N(0, I) in R^n.
#pragma once

#include <cstdint>
#include <vector>

namespace ravine::problems {

/// Points of R^n with weights that add up to one.
struct Nodes {
  std::uint64_t n = 0;
  std::vector<double> z;        ///< one point after the other
  std::vector<double> weights;  ///< one a point
};

/// The product rule of m^n Gauss-Hermite nodes: sum of w_k h(z_k) is E h(Z) for every polynomial
/// whose degree in each variable is at most 2 m - 1. m >= 1, few variables.
Nodes gauss_hermite(std::uint64_t n, std::uint64_t m);

/// `count` standard normal draws z, -z, z', -z', ... of equal weights; count even. Odd parts of f
/// about x cancel, and with them the error of a linear f.
Nodes antithetic_draws(std::uint64_t n, std::uint64_t count, std::uint64_t key);

}  // namespace ravine::problems
