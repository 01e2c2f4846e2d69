#include <algorithm>
#include <limits>

#include "harness/schedule/kinds.hpp"

namespace ravine::harness {
namespace {

// A value is better when it is below best - threshold |best|; PyTorch writes best (1 - threshold),
// which for a negative best asks for less than nothing.
class Plateau final : public Rule {
 public:
  explicit Plateau(const PartSpec& v)
      : factor_(v["factor"]),
        patience_(v["patience"]),
        threshold_(v["threshold"]),
        cooldown_(v["cooldown"]),
        low_(v["eta_min"]) {}

  [[nodiscard]] double at(double) const override { return multiplier_; }

  void saw(double value) override {
    const bool better =
        best_ == kNone ? value < kNone : value < best_ - threshold_ * (best_ < 0 ? -best_ : best_);
    if (better) best_ = value;
    bad_ = better ? 0 : bad_ + 1;
    if (cooling_ > 0) {
      --cooling_;
      bad_ = 0;
    }
    if (bad_ <= patience_) return;
    multiplier_ = std::max(low_, multiplier_ * factor_);
    cooling_ = cooldown_;
    bad_ = 0;
  }

  void forget() override {
    best_ = kNone;
    bad_ = 0;
  }

 private:
  static constexpr double kNone = std::numeric_limits<double>::infinity();
  double factor_, patience_, threshold_, cooldown_, low_;
  double best_ = kNone, bad_ = 0, cooling_ = 0, multiplier_ = 1;
};

}  // namespace

ScheduleKind reduce_on_plateau_schedule() {
  return {.id = "reduce_on_plateau",
          .summary =
              "Falls by a factor when the values that the optimizer itself saw (the mean of "
              "its steps in each epoch, or each step's with per = \"step\") stop falling",
          .formula =
              "m <- max(eta_min, factor m) after more than `patience` values in a row that "
              "are not below best - threshold |best|",
          .citation = "PyTorch, torch.optim.lr_scheduler.ReduceLROnPlateau",
          .per = Per::epoch,
          .parameters = {real_parameter("factor", 0.1, kBetweenNoneAndAll, "the factor"),
                         whole_parameter("patience", 10, 0, "values without progress to bear"),
                         real_parameter("threshold", 1e-4, {0, 1, false, true},
                                        "relative progress that counts"),
                         whole_parameter("cooldown", 0, 0,
                                         "values after a reduction that do not count against it"),
                         real_parameter("eta_min", 0, kFromNoneToAll, "the least multiplier")},
          .make = [](const PartSpec& v) -> std::unique_ptr<Rule> {
            return std::make_unique<Plateau>(v);
          }};
}

}  // namespace ravine::harness
