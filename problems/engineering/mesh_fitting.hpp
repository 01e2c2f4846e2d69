// The data of the mesh fitting problem: scattered measurements of a surface, some of them wrong.
#pragma once

#include <cstdint>
#include <vector>

#include "problems/family.hpp"

namespace ravine::problems {

/// A measured height z over (u, v) in the unit square.
struct Measurement {
  double u, v, z;
};

/// Franke's principal test function.
double franke(double u, double v);

/// `count` measurements of franke() with errors uniform in [-0.05, 0.05]; every `outlier_every`-th
/// is 1/2 too high. Instance 0: from the fractional parts of multiples of irrational numbers,
/// others from the seed.
std::vector<Measurement> measure_surface(std::uint64_t count, std::uint64_t outlier_every,
                                         const Instance& instance);

}  // namespace ravine::problems
