// How hard the samples of a net are, by the measure that the user asks for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "problems/family.hpp"
#include "problems/nets/samples.hpp"

namespace ravine::problems {

/// difficulty and difficulty_file.
std::vector<ParameterSpec> difficulty_parameters();

/// rank[i] is the place of training sample i, 0 for the easiest, by the measure `difficulty`:
///   class_mean      squared distance to the mean of its class over the mean of these in its class;
///                   with label noise of the class that it truly has
///   reference_loss  its loss under a linear softmax model that is trained on the same samples
///   margin          z_label - max of the other z of that model, large ones easy
///   noise           the distance to its place without noise, samples whose label is wrong hardest
///   file            a number of difficulty_file
/// Of equals the earlier comes first. `samples` are those of the problem. Ranks are computed once
/// and shared (DataSets::derived). Throws ProblemError where a measure makes no sense for the data.
std::span<const std::uint32_t> ranks_of(const Family& family, const Parameters& parameters,
                                        const Instance& instance, DataSets& data,
                                        nets::Samples& samples);

}  // namespace ravine::problems
