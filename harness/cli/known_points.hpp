// The known points of a problem as text: where it starts, its minimum, where else a method may end.
#pragma once

#include <string>

#include "problems/problem.hpp"

namespace ravine::harness {

/// Lines that begin with two blanks, of the last stage: f(x0), f* and x*, then a line for each
/// landmark with its name, kind, f and point. Points of more than 4 variables are given by their
/// largest entry.
std::string known_points(problems::Problem& problem);

}  // namespace ravine::harness
