// Resilient backpropagation, the iRprop- of Igel and Huesken 2003 (section 2.3), which is also what
// torch.optim.Rprop does: each coordinate has a step of its own, larger by eta+ while the
// gradient's sign stays and smaller by eta- where it changes; after a change the coordinate waits
// one step (its gradient counts as 0), so that it does not shrink twice. Only signs matter: for the
// full gradient, not for mini-batches.
// State: 2n doubles. Traffic: 7n doubles a step.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/legal.hpp"
#include "ravine/sdk/sign.hpp"

namespace {

class Rprop {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "rprop",
      .name = "iRprop-",
      .author = "Ravine",
      .summary = "x <- x - sign(g) delta, with a step delta for each coordinate",
      .paper =
          "M. Riedmiller, H. Braun, A direct adaptive method for faster backpropagation learning, "
          "IEEE ICNN (1993); C. Igel, M. Huesken, Empirical evaluation of the improved Rprop "
          "learning algorithms, Neurocomputing 50 (2003)",
      .traits = 0};  // the steps are its own; there is no rate to schedule
  static constexpr std::array kParameters{
      ravine::sdk::real({.name = "initial_step",
                         .meaning = "delta of each coordinate at the start, from delta_min to "
                                    "delta_max",
                         .value = 1e-2,
                         .minimum = 0,
                         .tune_low = 1e-4,
                         .tune_high = 0.1,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::real({.name = "eta_minus",
                         .meaning = "factor of delta where the gradient's sign changes",
                         .value = 0.5,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 0.3,
                         .tune_high = 0.8,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM}),
      ravine::sdk::real({.name = "eta_plus",
                         .meaning = "factor of delta where the gradient's sign stays",
                         .value = 1.2,
                         .minimum = 1,
                         .tune_low = 1.05,
                         .tune_high = 1.5,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM}),
      ravine::sdk::real({.name = "delta_min",
                         .meaning = "smallest delta",
                         .value = 1e-6,
                         .minimum = 0,
                         .tune_low = 1e-12,
                         .tune_high = 1e-4,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::real({.name = "delta_max",
                         .meaning = "largest delta",
                         .value = 50,
                         .minimum = 0,
                         .tune_low = 0.1,
                         .tune_high = 50,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG})};

  explicit Rprop(const ravine::sdk::Start& start)
      : eta_minus_(start.setting("eta_minus")),
        eta_plus_(start.setting("eta_plus")),
        delta_min_(start.setting("delta_min")),
        delta_max_(start.setting("delta_max")),
        delta_(start.n()),
        sign_(start.n()),
        g_(start.n()) {
    if (delta_min_ > delta_max_)
      throw ravine::sdk::Refused(
          "delta_min = " + ravine::sdk::text(delta_min_) +
          " is not legal: it must be in [0, delta_max = " + ravine::sdk::text(delta_max_) + "]");
    const double initial = start.setting("initial_step");
    if (initial < delta_min_ || initial > delta_max_)
      throw ravine::sdk::Refused(
          "initial_step = " + ravine::sdk::text(initial) +
          " is not legal: it must be in [delta_min = " + ravine::sdk::text(delta_min_) +
          ", delta_max = " + ravine::sdk::text(delta_max_) + "]");
    std::fill(delta_.begin(), delta_.end(), initial);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    // Copies, so that the compiler knows that no store changes them.
    const double minus = eta_minus_, plus = eta_plus_, low = delta_min_, high = delta_max_;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double sign = ravine::sdk::sign(g_[i]);
      const double turn = sign * sign_[i];
      const double factor = turn > 0 ? plus : (turn < 0 ? minus : 1.0);
      const double grown = delta_[i] * factor;
      delta_[i] = std::min(std::max(grown, low), high);
      sign_[i] = turn < 0 ? 0.0 : sign;
      x[i] -= sign_[i] * delta_[i];
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(delta_, sign_);
  }

 private:
  double eta_minus_, eta_plus_, delta_min_, delta_max_;
  ravine::sdk::Vector delta_;  // each coordinate's step
  ravine::sdk::Vector sign_;   // of the last gradient; 0 at first and after a change
  ravine::sdk::Vector g_;      // scratch
};

}  // namespace

RAVINE_PLUGIN("rprop", "1.0", Rprop)
