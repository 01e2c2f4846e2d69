// Where a worker writes down its trial: memory shared with the program, so that whatever was
// recorded stands when the worker is killed. Plain data of fixed size; nothing in it allocates.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/measure/books.hpp"
#include "problems/problem.hpp"
#include "results/record.hpp"

namespace ravine::harness {

inline constexpr std::size_t kMostTargets = 64;
inline constexpr std::size_t kMostMetrics = 8;
inline constexpr std::size_t kMostTracePoints = 512;
inline constexpr std::size_t kMostNotes = 16;
inline constexpr std::size_t kLongestNote = 240;
inline constexpr std::size_t kStepSamples = 4096;
inline constexpr std::size_t kLongestPoint = std::size_t{1}
                                             << 17;  ///< doubles of the best point kept

/// Copies a line of text, control characters made blanks, cut between characters where it does not
/// fit into `size` bytes with its end.
void copy_line(char* to, std::size_t size, const char* text);

/// How far the worker got. Final means that the record is complete: the only way to succeed.
enum class Phase : std::uint32_t { waiting, working, final, destroyed };

struct AreaHit {
  std::uint32_t target = 0;  ///< index into the trial's targets
  results::HitRule rule = results::HitRule::iterate;
  std::uint64_t iteration = 0;
  std::uint64_t iteration_after = 0;
  double oracle_cost = 0;
  double oracle_cost_after = 0;
  std::int64_t ns = 0;            ///< of optimizer and oracle
  std::int64_t optimizer_ns = 0;  ///< of these, the optimizer's own
  std::uint32_t at_start = 0;
  std::uint32_t has_after = 0;
  std::uint32_t has_cost_after = 0;
  std::uint32_t reserved = 0;
};

struct AreaTrace {
  std::uint64_t iteration = 0;
  std::uint64_t stage = 0;
  double oracle_cost = 0;
  double value = 0, gradient_norm = 0, step_value = 0;
  std::uint32_t has_value = 0, has_gradient_norm = 0, has_step_value = 0, reserved = 0;
  std::array<double, kMostMetrics> metrics{};
};

/// Durations of steps, thinned evenly once they are many: every stride-th one is kept, so order
/// statistics stay those of an even sample, in bounded memory however long the run.
struct StepSamples {
  std::uint64_t count = 0;  ///< of all steps, warm-up included
  std::uint64_t stride = 1;
  std::uint64_t kept = 0;
  std::int64_t sum = 0;
  std::int64_t max = 0;                  ///< of those after the first three
  std::array<std::int64_t, 3> warmup{};  ///< the first three
  std::array<std::int64_t, kStepSamples> samples{};

  void add(std::int64_t ns);
};

struct Area {
  std::atomic<Phase> phase{Phase::waiting};
  results::Status status = results::Status::infrastructure;
  std::array<char, 512> reason{};
  std::uint32_t stopped_by_clock = 0;
  std::uint32_t has_iterations = 0;
  std::uint64_t iterations = 0;
  double oracle_cost = 0;
  double multiplier = 1;  ///< of the learning rate, in the last step begun
  results::Counts counts{};
  std::uint64_t n = 0;
  double f_start = 0, f_star = 0, f_best = 0, f_last = 0;
  std::uint32_t has_f_start = 0, has_f_star = 0, has_f_best = 0, has_f_last = 0;
  // Where a deterministic trial ended: harness/measure/ending.hpp.
  results::Ended ended = results::Ended::unknown;
  double gradient_norm_last = 0, smallest_eigenvalue = 0, overshoot = 0;
  std::uint64_t saddle_steps = 0;
  std::uint32_t has_gradient_norm_last = 0, has_smallest_eigenvalue = 0, has_overshoot = 0;
  std::uint32_t has_saddle_steps = 0, has_gradient_error = 0;
  double gradient_noise = 0, gradient_error = 0;  ///< harness/measure/gradient_error.hpp
  std::uint32_t has_regret = 0, reserved = 0;
  double regret = 0;  ///< sum over steps of the value that the step saw, less f*
  std::array<char, 64> ended_place{};
  BookPages books{};
  std::uint64_t state_bytes = 0;
  std::uint32_t hit_count = 0;
  std::uint32_t trace_count = 0;
  std::uint32_t note_count = 0;
  std::uint32_t best_point_size = 0;
  std::uint32_t metric_count = 0;
  std::array<std::array<char, 64>, kMostMetrics> metric_names{};
  std::array<AreaHit, 2 * kMostTargets> hits{};
  std::array<AreaTrace, kMostTracePoints> trace{};
  std::array<std::array<char, kLongestNote>, kMostNotes> notes{};
  StepSamples step{}, oracle{}, optimizer{};
  std::array<double, kLongestPoint> best_point{};

  /// Ready for the next trial; touches no more pages than the last one did.
  void clear();
  /// Sets what is known of the problem before the trial begins.
  void describe(const problems::Facts& facts);
  /// Sets the reason, control characters dropped, cut to length.
  void set_reason(const char* text);
  /// Regret of a step on a batch that saw `value` (NaN: none), where f* is known.
  void add_regret(std::uint64_t batch_size, const std::optional<double>& minimum, double value) {
    if (batch_size == 0 || !minimum || value != value) return;
    has_regret = 1;
    regret += value - *minimum;
  }
  /// Adds a note once; what does not fit is dropped.
  void note(const char* text);
};

/// An Area in memory that every later child shares.
class SharedArea {
 public:
  SharedArea();
  ~SharedArea();
  SharedArea(const SharedArea&) = delete;
  SharedArea& operator=(const SharedArea&) = delete;
  Area* operator->() const { return area_; }
  Area& operator*() const { return *area_; }

 private:
  Area* area_;
};

}  // namespace ravine::harness
