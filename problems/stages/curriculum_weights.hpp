// Curricula as weights: how much of each sample a stage sees.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace ravine::problems {

/// W of a sample in a stage; samples by their number, or by their place in an order.
using StageWeights = std::function<double(std::uint64_t stage, std::uint64_t sample)>;

/// How the weights of samples in their order, at places 0 ... N - 1, grow over stages s = 0 ... k -
/// 1 to W = 1.
enum class Schedule {
  /// 1 for the first floor(N (s + 1) / k) samples, 0 for the rest.
  steps,
  /// clamp((c - u) / kRampWidth, 0, 1) at u = place / N, with c = (1 + kRampWidth) (s + 1) / k: an
  /// edge that slopes, and moves on until it has left.
  ramp,
  /// 1 for the first half, rounded up, and p = s / (k - 1) for the rest. This is the stochastic
  /// curriculum, in which a batch's samples are drawn uniformly and hard ones kept with probability
  /// p alone, in expectation: the mean loss under Q proportional to W. A draw is hard with
  /// probability h p / (N - h + h p), h the number of hard ones, which grows to their share h / N.
  stochastic
};

inline constexpr double kRampWidth = 0.5;

/// c of the ramp, p of the stochastic curriculum, of `steps` the share of the samples.
double schedule_parameter(Schedule schedule, std::uint64_t stage, std::uint64_t stages);

/// The weight at a place; stage < stages <= samples, place < samples. All three are curricula:
/// weights of a stage fall along the order, and W of the next stage over W rises along it, so that
/// Q of a stage majorizes Q of the next and has less entropy.
double scheduled_weight(Schedule schedule, std::uint64_t stages, std::uint64_t samples,
                        std::uint64_t stage, std::uint64_t place);

/// What keeps weights from being a curriculum: the first condition that fails, and where.
struct CurriculumFault {
  enum class Condition {
    range,     ///< each weight is in [0, 1], and one is positive in every stage
    growth,    ///< no weight falls from a stage to the next
    entropy,   ///< that of Q = W / sum W rises from each stage to the next
    objective  ///< all weights of the last stage are 1
  };
  Condition condition;
  std::uint64_t stage = 0;
  std::uint64_t sample = 0;  ///< no sample's fault where entropy is: 0 then
  std::string sentence;      ///< "the weight of sample 3 falls from 0.5 to 0.25 in stage 1"
};

/// Bengio et al. 2009, definition 1, over all stages. Growth alone is not enough: the weights (0.5,
/// 0.5), then (1, 0.5) lose entropy. What rises by less than rounding does not rise.
std::optional<CurriculumFault> check_curriculum(const StageWeights& weights, std::uint64_t stages,
                                                std::uint64_t samples);

}  // namespace ravine::problems
