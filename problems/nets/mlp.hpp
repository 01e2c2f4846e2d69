// The perceptron on Fashion-MNIST as a problem, for the families that present it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "problems/family.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

/// Which training samples a stage looks at: those of rank below `counts[stage]`, with weight 1, the
/// others with weight 0.
struct Curriculum {
  std::vector<Stage> stages;
  std::vector<std::uint64_t> counts;    ///< one for each stage; the last is all samples
  std::span<const std::uint32_t> rank;  ///< of each sample; empty when there is one stage
};

/// hidden, activation, train, test and l2.
std::vector<ParameterSpec> mlp_parameters();

/// The number of training samples that the parameters ask for. Throws ProblemError when the data
/// set has fewer.
std::uint64_t training_count(const Family& family, const Parameters& parameters, DataSets& data);

/// The objective of stage s on a batch B is
///   1/|B| sum over i in B of (W_i / mean W) l_i + l2/2 sum ||W_l||^2,
/// W_i the curriculum's weight of sample i, its mean taken over all training samples: the
/// expectation over uniform batches is the mean loss under Q proportional to W. `data` must outlive
/// the problem.
std::unique_ptr<Problem> make_mlp(const Family& family, const Parameters& parameters,
                                  const Instance& instance, DataSets& data, Curriculum curriculum);

}  // namespace ravine::problems
