// The oracle behind the C tables: it counts, charges, times and stops; the problem answers.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/measure/area.hpp"
#include "harness/measure/batches.hpp"
#include "harness/measure/books.hpp"
#include "harness/measure/judge.hpp"
#include "harness/plan/trial.hpp"
#include "problems/problem.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {

/// Why the host said stop.
enum class StopCause : std::int32_t { none, targets, iterations, oracle, clock, diverged };

class Oracle {
 public:
  /// Bits of `uses` that the contract does not have, one for each extension that we answer.
  static constexpr std::uint64_t kUsesHessian = std::uint64_t{1} << 63;
  static constexpr std::uint64_t kUsesPartials = std::uint64_t{1} << 62;
  static constexpr std::uint64_t kUsesResiduals = std::uint64_t{1} << 61;
  static constexpr std::uint64_t kUsesSampleGradients = std::uint64_t{1} << 60;
  static constexpr std::uint64_t kUsesGaussNewton = std::uint64_t{1} << 59;
  static constexpr std::uint64_t kUsesSampledLabels = std::uint64_t{1} << 58;
  /// Those of the extensions with these names; 0 for names that we do not know.
  static std::uint64_t extension_bits(const std::vector<std::string>& names);

  Oracle(const TrialSpec& spec, problems::Problem& problem, Judge& judge, Area& area, Books& books,
         std::uint64_t uses);
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;

  [[nodiscard]] const ravine_oracle& table() const { return table_; }

  /// The batch of the next step: ticket 0 without mini-batches.
  [[nodiscard]] std::uint64_t next_ticket();
  void release(std::uint64_t ticket);
  [[nodiscard]] double epoch() const;

  /// Enters a stage of the problem; its end is no longer signalled.
  void enter_stage(std::uint64_t stage);
  [[nodiscard]] std::uint64_t stage() const { return stage_; }
  void end_stage() { stage_over_ = true; }
  [[nodiscard]] bool stage_over() const { return stage_over_; }

  /// From here on every call answers RAVINE_STOP. The first cause stands.
  void stop(StopCause cause);
  [[nodiscard]] StopCause stopped() const { return cause_; }

  /// Stops when a budget is used up or the targets are met. Called after each iteration.
  void check_budget();

  /// The value that the first evaluation on this step's batch saw; NaN when none.
  [[nodiscard]] double step_value() const { return step_value_; }
  void begin_step();
  [[nodiscard]] bool step_saw_not_finite() const {
    return saw_step_value_ && !std::isfinite(step_value_);
  }
  /// A call of this step was answered with RAVINE_STOP: whatever it left does not count.
  [[nodiscard]] bool told_stop() const { return told_stop_; }

  /// Run mode: what `report` does; null in step mode, where reporting is a broken rule.
  struct Reporter {
    virtual ~Reporter() = default;
    virtual void report(const double* x) = 0;
  };
  void set_reporter(Reporter* reporter) { reporter_ = reporter; }

  /// In step mode calls are allowed only while the optimizer is being called.
  void open() { open_ = true; }
  void close() { open_ = false; }

 private:
  struct Callbacks;
  struct ExtensionCallbacks;
  [[nodiscard]] std::int32_t gate();
  [[nodiscard]] std::int32_t should_stop();
  [[nodiscard]] std::int32_t invalid(const char* why);
  void undeclared(std::uint64_t bit, const char* what);
  [[nodiscard]] std::int32_t objective_of(std::uint64_t ticket, problems::Objective& objective);
  void charge(const problems::Objective& objective, double weight);
  [[nodiscard]] bool over_budget() const { return area_.oracle_cost >= spec_.budget_oracle; }
  void after_answer(double evaluations = 1);

  std::int32_t evaluate(std::uint64_t ticket, const double* x, double* value, double* gradient);
  std::int32_t hessian_vectors(std::uint64_t ticket, const double* x, const double* v,
                               std::uint64_t count, double* hv);
  std::int32_t hessian(std::uint64_t ticket, const double* x, double* h);
  std::int32_t report(const double* x);
  std::int32_t draw(std::uint64_t* ticket);
  std::int32_t make(const std::uint64_t* indices, std::uint64_t count, std::uint64_t* ticket);
  std::int32_t samples(std::uint64_t ticket, std::uint64_t* indices, std::uint64_t capacity,
                       std::uint64_t* count);
  std::int32_t release_drawn(std::uint64_t ticket);

  void fill_extensions();
  [[nodiscard]] const void* extension(const char* name) const;
  std::int32_t open_cursor(std::uint64_t ticket, const double* x);
  std::int32_t partial(std::uint64_t index, double* first, double* second);
  std::int32_t move_cursor(std::uint64_t index, double delta);
  std::int32_t close_cursor();
  template <class Ask>
  std::int32_t ask_residuals(std::uint64_t ticket, const double* x, double gradients, Ask ask);
  std::int32_t sample_gradients(std::uint64_t ticket, const double* x, double* gradients);
  std::int32_t gauss_newton(std::uint64_t ticket, const double* x, const double* v,
                            std::uint64_t count, double* gv);
  std::int32_t sampled_labels(std::uint64_t ticket, const double* x, std::uint64_t draw,
                              double* gradient);

  const TrialSpec& spec_;
  problems::Problem& problem_;
  Judge& judge_;
  Area& area_;
  Books& books_;
  std::uint64_t uses_;
  Batches batches_;
  ravine_oracle table_{};
  ravine_hessian hessian_table_{};
  ravine_partials partials_table_{};
  ravine_residuals residuals_table_{};
  ravine_sample_gradients sample_gradients_table_{};
  ravine_gauss_newton gauss_newton_table_{};
  ravine_sampled_labels sampled_labels_table_{};
  ravine_bounds bounds_table_{};
  std::unique_ptr<problems::Cursor> cursor_;
  std::uint64_t cursor_ticket_ = 0;
  std::uint64_t n_, stage_ = 0, step_ticket_ = 0;
  double stage_evaluations_ = 0;  // those of this stage; a partial derivative is 1/n of one
  StopCause cause_ = StopCause::none;
  bool stage_over_ = false, open_ = false, saw_step_value_ = false, told_stop_ = false;
  double step_value_;
  std::int64_t deadline_ns_;
  Reporter* reporter_ = nullptr;
};

/// The contract's code for a problem's answer.
std::int32_t status_of(problems::Answer answer);

/// Which bits of the contract this problem can answer.
std::uint64_t offers_of(const problems::Facts& facts);

}  // namespace ravine::harness
