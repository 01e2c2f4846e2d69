// What a kind of schedule is: adding one costs a file with one of these and a line in catalog.cpp.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/schedule/part.hpp"

namespace ravine::harness {

/// The multiplier of the learning rate as a function of time.
class Rule {
 public:
  Rule() = default;
  virtual ~Rule() = default;
  Rule(const Rule&) = delete;
  Rule& operator=(const Rule&) = delete;

  /// At time t >= 0, in the schedule's unit, counted from the end of the warm-up. Times never fall
  /// from call to call.
  [[nodiscard]] virtual double at(double t) const = 0;
  /// The mean of the values that the optimizer saw on its own batches during one unit of time. One
  /// that was not finite counts as such.
  virtual void saw(double /*value*/) {}
  /// Values from before do not compare with those to come: the objective has changed.
  virtual void forget() {}
};

/// A rule that is a formula in t alone.
template <class Formula>
std::unique_ptr<Rule> rule(Formula formula) {
  class Closed final : public Rule {
   public:
    explicit Closed(Formula f) : formula_(std::move(f)) {}
    [[nodiscard]] double at(double t) const override { return formula_(t); }

   private:
    Formula formula_;
  };
  return std::make_unique<Closed>(std::move(formula));
}

/// The unit of time.
enum class Per { step, epoch, fractional_epoch };

struct ScheduleKind {
  std::string id, summary, formula, citation;
  Per per = Per::step;  ///< the default
  std::vector<PartParameter> parameters;
  /// From values that are each legal. Throws UserError where they do not fit together.
  std::unique_ptr<Rule> (*make)(const PartSpec& values) = nullptr;
};

inline constexpr const char* kTotal = "total";

/// T: the parameter whose default is what remains of the trial after the warm-up.
PartParameter total_parameter();
/// The multiplier at the end.
PartParameter eta_min_parameter();

}  // namespace ravine::harness
