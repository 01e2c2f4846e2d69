// The judge: decides hits, off the clock, by the rules of protocol.md, "What is recorded of a
// trial", item 2. When it looks is a pure function of the iteration and the suite.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "harness/measure/area.hpp"
#include "harness/measure/ending.hpp"
#include "harness/plan/trial.hpp"
#include "problems/problem.hpp"

namespace ravine::harness {

/// What is known of a point of the objective that counts: the last stage, all samples.
struct Sighting {
  double value = 0;
  double gradient_norm = 0;  ///< max-norm
  bool has_value = false;
  bool has_gradient_norm = false;
};

/// Sees every point that the judge looks at, with what was found there.
using Observer = std::function<void(const AreaTrace& found, std::span<const double> x)>;

class Judge {
 public:
  /// `books` is switched to the judge's account by the caller around each call.
  Judge(const TrialSpec& spec, problems::Problem& problem, Area& area, Books& books);

  /// Looks at x_0: thresholds follow from it. False when the problem cannot be evaluated there.
  bool begin(std::span<const double> x0);

  /// Whether the judge looks at this iteration.
  [[nodiscard]] bool due(std::uint64_t iteration) const;

  /// An accepted iterate. Looks when due or when `always`. Uses what `remember` knows of the point
  /// when it is the same to the bit, else evaluates. `step_value` is the value that the step saw on
  /// its mini-batch, NaN when none.
  void iterate(std::uint64_t iteration, std::uint64_t stage, std::span<const double> x,
               double step_value, bool always = false);

  /// An answered evaluation of the objective that counts, for the oracle-cost rule and for reuse.
  void evaluation(std::span<const double> x, double value, const double* gradient);

  /// A look at a point that was evaluated on another objective (an earlier stage, a batch) by an
  /// optimizer without iterations: iterates stand in for evaluations where there are any.
  void stand_in(std::span<const double> x);

  /// All targets that decide the status are met by the rule that applies to the optimizer.
  [[nodiscard]] bool all_hit() const;
  [[nodiscard]] bool all_hit_by_evaluations() const;
  /// NaN, infinity or f beyond the stated multiple, at an accepted iterate.
  [[nodiscard]] bool diverged() const { return diverged_; }
  [[nodiscard]] std::uint64_t iteration_of_last_hit() const { return last_hit_; }

  /// Writes the last point into the trace, whatever the spacing.
  void finish();

  /// Called at each look, off the clock; empty: nobody watches.
  Observer observer;
  /// Whether evaluations answer the objective that counts: set for each stage and batch size.
  bool evaluations_count = true;
  /// An optimizer that asks for partial derivatives evaluates nothing: its judged iterates stand in
  /// for evaluations.
  bool iterates_stand_in = false;
  /// Whether the optimizer's iterations are seen.
  bool has_iterations = true;

 private:
  Sighting look(std::span<const double> x);
  enum class Which { all, at_start, of_value, of_metrics };
  void meet(results::HitRule rule, const Sighting& seen, std::uint64_t iteration, Which which);
  void keep_if_hit(std::uint32_t hits_before, std::span<const double> x);
  void note_value(double value);
  void record_hit(std::size_t target, results::HitRule rule, std::uint64_t iteration, bool at_start,
                  bool by_look);
  [[nodiscard]] bool met(const results::Target& target, const Sighting& seen,
                         std::size_t index) const;
  void trace(std::uint64_t iteration, std::uint64_t stage, std::span<const double> x,
             const Sighting& seen, double step_value);
  [[nodiscard]] bool decided(const std::vector<bool>& hit) const;

  const TrialSpec& spec_;
  problems::Problem& problem_;
  Area& area_;
  Books& books_;
  problems::Objective final_;
  bool wants_value_ = true, wants_gradient_ = false;
  std::vector<double> thresholds_;  ///< one for each target, on the scale of what is compared
  std::vector<int> metric_of_;      ///< index into the problem's metrics, -1 for other targets
  std::vector<bool> hit_by_iterate_, hit_by_evaluation_;
  std::vector<double> metrics_, gradient_;
  std::vector<double> remembered_x_;
  Sighting remembered_;
  bool remembers_ = false;
  bool diverged_ = false;
  double divergence_limit_ = std::numeric_limits<double>::infinity();
  std::uint64_t last_judged_ = 0, last_hit_ = 0, looks_ = 0, last_look_ = 0;
  double last_look_cost_ = 0;
  bool skipped_ = false;  ///< iterations or evaluations lie between this look and the last
  std::uint64_t next_trace_ = 0;
  Course course_;
  AreaTrace last_point_;
  bool last_point_traced_ = true;
};

}  // namespace ravine::harness
