#include "problems/stages/curriculum_weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

using Condition = CurriculumFault::Condition;

double as_double(std::uint64_t count) { return static_cast<double>(count); }

std::string of_sample(std::uint64_t sample) {
  return "the weight of sample " + std::to_string(sample) + " ";
}

std::string in_stage(std::uint64_t stage) { return " in stage " + std::to_string(stage); }

/// The fault of one weight, given the one before.
std::optional<CurriculumFault> fault_of(double w, double before, bool last, std::uint64_t stage,
                                        std::uint64_t sample) {
  const auto fault = [&](Condition condition, const std::string& what) {
    return CurriculumFault{condition, stage, sample, of_sample(sample) + what + in_stage(stage)};
  };
  if (!(w >= 0 && w <= 1))
    return fault(Condition::range, "is " + decimal(w) + ", and not in [0, 1],");
  if (w < before)
    return fault(Condition::growth, "falls from " + decimal(before) + " to " + decimal(w));
  if (last && w != 1)
    return fault(Condition::objective, "is " + decimal(w) + ", and not 1, at the end,");
  return std::nullopt;
}

}  // namespace

double schedule_parameter(Schedule schedule, std::uint64_t stage, std::uint64_t stages) {
  const double share = as_double(stage + 1) / as_double(stages);
  switch (schedule) {
    case Schedule::steps:
      return share;
    case Schedule::ramp:
      return (1 + kRampWidth) * share;
    case Schedule::stochastic:
      return stages == 1 ? 1 : as_double(stage) / as_double(stages - 1);
  }
  return share;
}

double scheduled_weight(Schedule schedule, std::uint64_t stages, std::uint64_t samples,
                        std::uint64_t stage, std::uint64_t place) {
  switch (schedule) {
    case Schedule::steps:
      return place < samples * (stage + 1) / stages ? 1 : 0;
    case Schedule::ramp: {
      const double c = schedule_parameter(schedule, stage, stages);
      return std::clamp((c - as_double(place) / as_double(samples)) / kRampWidth, 0.0, 1.0);
    }
    case Schedule::stochastic:
      return place < samples - samples / 2 ? 1 : schedule_parameter(schedule, stage, stages);
  }
  return 1;
}

std::optional<CurriculumFault> check_curriculum(const StageWeights& weights, std::uint64_t stages,
                                                std::uint64_t samples) {
  // Sums in long double err far less than this, relative to an entropy of at least 1.
  constexpr long double kRounding = 8 * std::numeric_limits<double>::epsilon();
  long double before = -1;
  for (std::uint64_t s = 0; s < stages; ++s) {
    long double sum = 0, logs = 0;
    for (std::uint64_t i = 0; i < samples; ++i) {
      const double w = weights(s, i);
      if (auto fault = fault_of(w, s > 0 ? weights(s - 1, i) : 0, s + 1 == stages, s, i))
        return fault;
      sum += w;
      if (w > 0 && w < 1) logs += w * std::log(static_cast<long double>(w));
    }
    if (sum == 0)
      return CurriculumFault{Condition::range, s, 0,
                             "no sample has a positive weight" + in_stage(s)};
    // H = -sum q log q with q = w / sum.
    const long double entropy = std::log(sum) - logs / sum;
    if (s > 0 && !(entropy > before + kRounding * std::max(1.0L, before)))
      return CurriculumFault{Condition::entropy, s, 0,
                             "the entropy of the samples' distribution does not rise" +
                                 in_stage(s) + ": " + rounded(static_cast<double>(before), 6) +
                                 ", then " + rounded(static_cast<double>(entropy), 6)};
    before = entropy;
  }
  return std::nullopt;
}

}  // namespace ravine::problems
