// A net on its samples as a problem, for the families that present one.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "problems/family.hpp"
#include "problems/nets/network.hpp"
#include "problems/nets/samples.hpp"

namespace ravine::problems::nets {

/// What the stages of a net look at: sample i of the training set has weight W_i in [0, 1].
struct Curriculum {
  std::vector<Stage> stages = {{"objective", 0, false}};
  /// W_i of a stage; where there is no function all are 1.
  std::function<double(std::uint64_t stage, std::uint64_t sample)> weight;
  std::vector<double> mean;  ///< of W over the training samples, each stage; empty as `weight` is
};

struct NetParts {
  std::unique_ptr<Network> net;
  std::unique_ptr<Samples> samples;
  std::vector<double> start;  ///< theta
  Curriculum curriculum;
  double l2 = 0;
};

/// The objective of stage s on a batch B is
///   1/|B| sum over i in B of (W_i / mean W) l_i + l2/2 sum of the squares of all weights,
/// weights being the blocks that are not exempt from decay: the expectation over uniform batches is
/// the mean loss under Q proportional to W. A net whose samples are coupled (batch normalization)
/// sees B as one batch; its full objective is that of the training samples in slices of at most
/// 256, in their order, each normalized on its own, so that memory does not grow with the data. In
/// evaluation it has the statistics of the first kFrozen training samples, taken as one batch.
std::unique_ptr<Problem> net_problem(const Family& family, const Instance& instance,
                                     NetParts parts);

/// Samples from which evaluation statistics are taken.
inline constexpr std::uint64_t kFrozen = 1000;

}  // namespace ravine::problems::nets
