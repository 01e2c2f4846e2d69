// The schedule of a trial's learning rate: which multiplier each step carries.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "harness/schedule/kind.hpp"

namespace ravine::harness {

/// A schedule in force; no name: constant 1.
struct ScheduleSpec : PartSpec {};

/// "constant", or the schedule with all its parameters.
std::string schedule_text(const ScheduleSpec& spec);

/// Deterministic: of the step, the epoch and, for reduce_on_plateau, the values that the optimizer
/// was answered (and charged) itself; never of the clock or of what the judge saw. A step of which
/// no value is known adds nothing. Allocates in its constructor only.
class Schedule {
 public:
  /// Throws UserError where the values do not fit together.
  explicit Schedule(const ScheduleSpec& spec);

  /// For the step that is the step-th (from 0), begun after `epoch` passes over the data. Steps and
  /// epochs never fall from call to call.
  [[nodiscard]] double multiplier(std::uint64_t step, double epoch);

  /// The value that this step's first evaluation of its batch was answered with.
  void saw(double value);

  /// The objective has changed: values from before do not compare.
  void forget();

 private:
  [[nodiscard]] double time(std::uint64_t step, double epoch) const;

  std::unique_ptr<Rule> rule_;
  Per per_ = Per::step;
  double warmup_ = 0, warmup_from_ = 0;
  bool warmup_rises_ = true;
  double unit_ = 0;  ///< the step or whole epoch that sum_ belongs to
  double sum_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace ravine::harness
