// NAdam (Dozat 2016): Adam whose first moment looks a step ahead, as Nesterov's momentum does.
// nesterov_moments.hpp has the three definitions; torch 1.13.1 itself counts a momentum twice and
// is not one of them. State: 2n + 1 doubles. Traffic: 7n doubles a step.
#include <array>
#include <cstdint>
#include <span>

#include "plugins/adaptive/nesterov_moments.hpp"
#include "ravine/sdk.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

using ravine::adaptive::NesterovMoments;

class NAdam {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "nadam",
      .name = "NAdam",
      .author = "Ravine",
      .summary = "x <- x - alpha (c_m m + c_g g) / (sqrt(v^) + epsilon)",
      .paper = "T. Dozat, Incorporating Nesterov momentum into Adam, ICLR workshop (2016)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 2e-3, .tune_low = 1e-5, .tune_high = 1}),
      ravine::sdk::beta1(),
      ravine::sdk::beta2(),
      ravine::sdk::epsilon(1e-8, "added to the root of the second moment"),
      NesterovMoments::definition(0),
      NesterovMoments::momentum_decay()};

  explicit NAdam(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")), moments_(start), g_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    moments_.begin_step();
    moments_.moments().apply(g_, x, moments_.change(alpha_ * step.multiplier));
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    moments_.state(archive);
  }

 private:
  double alpha_;
  NesterovMoments moments_;
  ravine::sdk::Vector g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("nadam", "1.0", NAdam)
