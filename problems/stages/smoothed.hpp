// A function averaged over a neighbourhood of each point: sums for the Gaussian homotopy
// g(x, t) = E f(x + t Z), Z ~ N(0, I), where they are exact and where they are estimates.
#pragma once

#include <memory>

#include "problems/problem.hpp"
#include "problems/stages/nodes.hpp"

namespace ravine::problems {

/// g(x) = sum over k of w_k f(x + t z_k), with gradient and Hessian products; facts of f without
/// its minimum, one stage, the full objective of f's last one only. At the price of as many
/// evaluations of f as there are nodes.
std::unique_ptr<Problem> smoothed(std::shared_ptr<Problem> f, double t, Nodes nodes);

}  // namespace ravine::problems
