// A problem in stages, each of them a problem of its own over the same variables.
#pragma once

#include <memory>
#include <vector>

#include "problems/family.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

/// A stage, and the problem whose last stage is its objective. Parts may share a problem.
struct StagePart {
  Stage stage;
  std::shared_ptr<Problem> problem;
};

/// The problem whose stage s is parts[s]; at least one. `facts` are those of the last part but for
/// what the maker changes (family, citation, start, or sample_count = 0 where batches are not
/// wanted); their stages become the parts', and what is not offered by every part is not offered.
/// Metrics are measured by the last part; residuals there are where there is one part alone.
///
/// Throws ProblemError where a part has another number of variables than the facts, or of samples
/// while the facts have some.
std::unique_ptr<Problem> staged(std::vector<StagePart> parts, Facts facts);

}  // namespace ravine::problems
