// Points of a plane in classes: sets that need no file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "problems/nets/samples/drawn.hpp"

namespace ravine::problems::nets {

/// How many points, and how they are disturbed.
struct PointsSpec {
  Counts counts;
  std::uint64_t classes = 2;
  double noise = 0;  ///< standard deviation of each coordinate's disturbance
  std::uint64_t seed = 0;
};

/// Two intertwined spirals (Lang and Witbrock, Proc. 1988 Connectionist Models Summer School):
/// point i of a class lies at phi = i pi / 16 and r = 6.5 (104 - i) / 104, as (r sin phi, r cos
/// phi) or its negative; places i = 0 ... 96, one after the other and round again where more are
/// asked for. Divided by 6.5. Test points lie between them, at half i.
std::unique_ptr<Samples> two_spirals(const PointsSpec& spec);

/// Two half circles: (cos a, sin a) and (1 - cos a, 1/2 - sin a), a uniform in [0, pi]; the form of
/// scikit-learn's make_moons.
std::unique_ptr<Samples> moons(const PointsSpec& spec);

/// Normal clouds of deviation 1 + noise about centres on a circle of radius 3, a class each.
std::unique_ptr<Samples> blobs(const PointsSpec& spec);

}  // namespace ravine::problems::nets
