// Tasks in which what matters lies many steps back.
#pragma once

#include <memory>

#include "problems/nets/samples/drawn.hpp"

namespace ravine::problems::nets {

/// The addition task (Hochreiter and Schmidhuber, Neural Computation 9 (1997) 1735-1780): each step
/// has a uniform number of [0, 1) and a mark; one step of the first tenth, at least one long, and
/// one of the rest of the first half are marked 1, the others 0. The target is the mean of the two
/// marked numbers.
std::unique_ptr<Samples> addition(const Counts& counts, Index steps, std::uint64_t seed);

/// The temporal order task (same paper, experiment 6a): six symbols, one-hot. Two steps, in
/// [T/10, 2T/10) and [T/2, 6T/10), have X or Y, all others one of four distractors; the class of
/// four is their order: XX, XY, YX, YY.
std::unique_ptr<Samples> temporal_order(const Counts& counts, Index steps, std::uint64_t seed);

}  // namespace ravine::problems::nets
