// NAdamW: NAdam (Dozat 2016) with decoupled weight decay (Loshchilov and Hutter 2019), the baseline
// of AlgoPerf, whose definition is the default here; nesterov_moments.hpp has the others. lambda is
// multiplied by the rate, or by the schedule alone. State: 2n + 1 doubles. Traffic: 7n doubles a
// step.
#include <array>
#include <cstdint>
#include <span>

#include "plugins/adaptive/nesterov_moments.hpp"
#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

using ravine::adaptive::NesterovMoments;

class NAdamW {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "nadamw",
      .name = "NAdamW",
      .author = "Ravine",
      .summary = "x <- x - alpha ((c_m m + c_g g) / (sqrt(v^) + epsilon) + lambda x)",
      .paper =
          "T. Dozat, Incorporating Nesterov momentum into Adam, ICLR workshop (2016); "
          "I. Loshchilov, F. Hutter, Decoupled weight decay regularization, ICLR (2019)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-3, .tune_low = 1e-5, .tune_high = 1}),
      ravine::sdk::beta1(),
      ravine::sdk::beta2(),
      ravine::sdk::epsilon(1e-8, "added to the root of the second moment"),
      ravine::sdk::weight_decay({.value = 1e-2,
                                 .meaning = "lambda: the share of x that a step takes away, times "
                                            "what decay_form says",
                                 .tune_low = 5e-3,
                                 .tune_high = 1}),
      NesterovMoments::definition(2),
      NesterovMoments::momentum_decay(),
      ravine::sdk::decay_form(),
      ravine::sdk::decay_order()};

  explicit NAdamW(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")), decay_(start), moments_(start), g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    moments_.begin_step();
    const double alpha = alpha_ * step.multiplier;
    moments_.moments().apply_decoupled(g_, x, decay_.parts(), decay_.rate(alpha_, step.multiplier),
                                       moments_.change(alpha), decay_.order());
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    moments_.state(archive);
  }

 private:
  double alpha_;
  ravine::sdk::DecoupledDecay decay_;
  NesterovMoments moments_;
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("nadamw", "1.0", NAdamW)
