// Sums of Gaussian wells, f = -sum of a_k exp(-|x - c_k|^2 / (2 s_k^2)): one on which Gaussian
// homotopy finds the global minimum, and one on which it must fail.
#pragma once

#include <cstdint>
#include <memory>

#include "problems/family.hpp"

namespace ravine::problems::wells {

/// Three wells of the plane, the deepest of them the widest. Started at (2.25, 1.25), in another;
/// others in [-3, 3]^2. Facts in the name of `family`.
std::unique_ptr<Problem> landscape(const Family& family, const Instance& instance);
/// The control: the deepest well, at -2, is the narrowest, and averages away before the other does,
/// at 2, where a continuation ends with f = -1.0000. Started at -1.75, from where descent on f
/// itself finds the global minimum; others in [-3, 3].
std::unique_ptr<Problem> control(const Family& family, const Instance& instance);

/// g(x, t) = E f(x + t Z): wells of depth a_k (s_k^2 / (s_k^2 + t^2))^(n/2) and width
/// sqrt(s_k^2 + t^2). As t grows, the minimizer tends to sum of a_k s_k^n c_k / sum of a_k s_k^n.
std::unique_ptr<Problem> landscape_smoothed(std::uint64_t n, double t);
std::unique_ptr<Problem> control_smoothed(std::uint64_t n, double t);

}  // namespace ravine::problems::wells
