// Weight decay, coupled (an L2 term in the gradient) or decoupled (Loshchilov and Hutter 2019), of
// the blocks that are not exempt from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ravine/sdk/about.hpp"
#include "ravine/sdk/blocks.hpp"
#include "ravine/sdk/start.hpp"

namespace ravine::sdk {

/// The declaration of "weight_decay": lambda, legal in [0, inf).
struct Decay {
  double value = 0;
  const char* meaning = "lambda: weight decay, added to the gradient as lambda x (an L2 term)";
  double tune_low = 1e-7;
  double tune_high = 1e-2;
};
constexpr ravine_parameter weight_decay(const Decay& p = {}) {
  return number({.name = "weight_decay",
                 .meaning = p.meaning,
                 .value = p.value,
                 .minimum = 0,
                 .tune_low = p.tune_low,
                 .tune_high = p.tune_high,
                 .open = RAVINE_OPEN_MAXIMUM,
                 .scale = RAVINE_LOG},
                RAVINE_REAL, RAVINE_WEIGHT_DECAY);
}

/// What multiplies a decoupled lambda beside the schedule: lambda_rate = lambda_schedule / alpha.
enum DecayForm : std::uint8_t { kWithRate, kWithSchedule };
inline constexpr const char* kDecayForms[] = {"with_rate", "with_schedule"};
constexpr ravine_parameter decay_form() {
  return choice("decay_form",
                "lambda is multiplied by the rate and the schedule, as in torch, or by the "
                "schedule alone, as in the paper",
                kDecayForms, kWithRate, "weight_decay > 0");
}
/// When decoupled decay takes its share of x: before the step u, x <- (1 - share) x - u, as torch;
/// with it, x <- x - (u + share x), as the paper prints it, which is the same but for roundings,
/// for g is taken before both; or after it, x <- (1 - share) (x - u), as SOAP, which is share u
/// apart.
enum DecayOrder : std::uint8_t { kDecayBefore, kDecayWith, kDecayAfter };
inline constexpr const char* kDecayOrders[] = {"before", "simultaneous", "after"};
constexpr ravine_parameter decay_order() {
  return choice("decay_order",
                "x decays before the step, as in torch; at once with it, as in the paper, which is "
                "the same but for roundings; or after it, so that the step decays too, as in SOAP",
                kDecayOrders, kDecayBefore, "weight_decay > 0");
}
/// Calls call(move) with the function that makes x from x and the step u.
template <class Call>
void in_decay_order(DecayOrder order, double share, const Call& call) {
  const double keep = 1 - share;
  if (order == kDecayBefore || share == 0)
    call([keep](double x, double u) { return keep * x - u; });
  else if (order == kDecayWith)
    call([share](double x, double u) { return x - (u + share * x); });
  else
    call([keep](double x, double u) { return keep * (x - u); });
}

/// x[begin .. end) decays by lambda: the setting, or 0 for blocks that are exempt.
struct DecayedPart {
  std::size_t begin, end;
  double lambda;
};

/// Parts that cover [0, n) in order, neighbours of one lambda joined. For an optimizer that
/// declares weight_decay().
inline std::vector<DecayedPart> decayed_parts(const Start& start) {
  const double lambda = start.setting("weight_decay");
  const ravine_task& task = start.task();
  if (lambda == 0 || task.block_count == 0) return {{0, start.n(), lambda}};
  std::vector<DecayedPart> parts;
  for (std::uint64_t b = 0; b < task.block_count; ++b) {
    const ravine_block& block = *task.blocks[b];
    const double own = block.exempt_from_decay != 0 ? 0 : lambda;
    const std::size_t end = block.offset + block_size(block);
    if (!parts.empty() && parts.back().lambda == own)
      parts.back().end = end;
    else
      parts.push_back({block.offset, end, own});
  }
  return parts;
}

/// Coupled decay, a member of an optimizer whose own pass over memory decays as it goes. Blocks
/// with lambda = 0 are left alone altogether, so that the method without decay is had bit for bit.
class WeightDecay {
 public:
  explicit WeightDecay(const Start& start) : parts_(decayed_parts(start)) {}

  /// Coupled: each(i, g_i + lambda x_i), the gradient of f + lambda/2 |x|^2, for every i in order.
  template <class Each>
  void coupled(std::span<const double> g, std::span<const double> x, const Each& each) const {
    for (const DecayedPart& part : parts_) {
      const double lambda = part.lambda;
      if (lambda == 0)
        for (std::size_t i = part.begin; i < part.end; ++i) each(i, g[i]);
      else
        for (std::size_t i = part.begin; i < part.end; ++i) each(i, g[i] + lambda * x[i]);
    }
  }

 private:
  std::vector<DecayedPart> parts_;
};

/// Decoupled decay as decay_form() and decay_order() say, likewise.
class DecoupledDecay {
 public:
  explicit DecoupledDecay(const Start& start)
      : parts_(decayed_parts(start)),
        form_(static_cast<DecayForm>(start.count_setting("decay_form"))),
        order_(static_cast<DecayOrder>(start.count_setting("decay_order"))) {}

  [[nodiscard]] const std::vector<DecayedPart>& parts() const { return parts_; }
  [[nodiscard]] DecayOrder order() const { return order_; }
  /// What multiplies lambda in a step of this rate, the multiplier in it.
  [[nodiscard]] double rate(double learning_rate, double multiplier) const {
    return form_ == kWithRate ? learning_rate * multiplier : multiplier;
  }
  /// x_i decays by rate lambda_i and goes by -change(i), for every i in order.
  template <class Change>
  void apply(std::span<double> x, double rate, const Change& change) const {
    for (const DecayedPart& part : parts_)
      in_decay_order(order_, rate * part.lambda, [&](const auto& move) {
        for (std::size_t i = part.begin; i < part.end; ++i) x[i] = move(x[i], change(i));
      });
  }

 private:
  std::vector<DecayedPart> parts_;
  DecayForm form_;
  DecayOrder order_;
};

}  // namespace ravine::sdk
