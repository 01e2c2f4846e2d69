#include "harness/measure/oracle.hpp"

#include <cmath>
#include <limits>

namespace ravine::harness {

using problems::Answer;
using problems::Objective;

std::int32_t status_of(Answer answer) {
  switch (answer) {
    case Answer::ok:
      return RAVINE_OK;
    case Answer::out_of_domain:
      return RAVINE_OUT_OF_DOMAIN;
    case Answer::not_supported:
      return RAVINE_NOT_SUPPORTED;
    case Answer::failed:
      return RAVINE_FAILED;
  }
  return RAVINE_FAILED;
}

std::uint64_t offers_of(const problems::Facts& facts) {
  return RAVINE_VALUE | RAVINE_GRADIENT | (facts.fresh_samples ? 0 : RAVINE_FULL_OBJECTIVE) |
         (facts.sample_count > 0 ? RAVINE_BATCHES : 0) |
         (facts.offers_hessian_vectors ? RAVINE_HESSIAN_VECTORS : 0);
}

// The C functions find their oracle in the table's handle.
struct Oracle::Callbacks {
  static Oracle& self(const ravine_oracle* table) { return *static_cast<Oracle*>(table->handle); }

  static std::int32_t evaluate(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                               double* value, double* gradient) {
    return self(o).evaluate(ticket, x, value, gradient);
  }
  static std::int32_t hessian_vectors(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                                      const double* v, std::uint64_t count, double* hv) {
    return self(o).hessian_vectors(ticket, x, v, count, hv);
  }
  static std::int32_t should_stop(const ravine_oracle* o) { return self(o).should_stop(); }
  static std::int32_t report(const ravine_oracle* o, const double* x) { return self(o).report(x); }
  static std::int32_t draw_batch(const ravine_oracle* o, std::uint64_t* ticket) {
    return self(o).draw(ticket);
  }
  static std::int32_t make_batch(const ravine_oracle* o, const std::uint64_t* indices,
                                 std::uint64_t count, std::uint64_t* ticket) {
    return self(o).make(indices, count, ticket);
  }
  static std::int32_t batch_samples(const ravine_oracle* o, std::uint64_t ticket,
                                    std::uint64_t* indices, std::uint64_t capacity,
                                    std::uint64_t* count) {
    return self(o).samples(ticket, indices, capacity, count);
  }
  static std::int32_t release_batch(const ravine_oracle* o, std::uint64_t ticket) {
    return self(o).release_drawn(ticket);
  }
  static const void* extension(const ravine_oracle* o, const char* name) {
    return name == nullptr ? nullptr : self(o).extension(name);
  }
};

Oracle::Oracle(const TrialSpec& spec, problems::Problem& problem, Judge& judge, Area& area,
               Books& books, std::uint64_t uses)
    : spec_(spec),
      problem_(problem),
      judge_(judge),
      area_(area),
      books_(books),
      uses_(uses),
      batches_(batch_rule_of(spec, problem.facts().sample_count, problem.facts().fresh_samples),
               spec.instance.seed),
      n_(problem.facts().n),
      step_value_(std::numeric_limits<double>::quiet_NaN()) {
  table_.struct_size = sizeof table_;
  table_.handle = this;
  table_.evaluate = &Callbacks::evaluate;
  table_.hessian_vectors = &Callbacks::hessian_vectors;
  table_.should_stop = &Callbacks::should_stop;
  table_.report = &Callbacks::report;
  table_.draw_batch = &Callbacks::draw_batch;
  table_.make_batch = &Callbacks::make_batch;
  table_.batch_samples = &Callbacks::batch_samples;
  table_.release_batch = &Callbacks::release_batch;
  table_.extension = &Callbacks::extension;
  fill_extensions();
  deadline_ns_ = books.last_ns() + static_cast<std::int64_t>(spec.budget_seconds * 1e9);
  enter_stage(0);
}

void Oracle::enter_stage(std::uint64_t stage) {
  stage_ = stage;
  cursor_.reset();  // of another function
  stage_over_ = false;
  stage_evaluations_ = 0;
  const bool final = stage + 1 == problem_.facts().stages.size();
  judge_.evaluations_count = final && spec_.batch_size == 0;
}

void Oracle::stop(StopCause cause) {
  if (cause_ == StopCause::none) cause_ = cause;
}

std::uint64_t Oracle::next_ticket() {
  if (spec_.batch_size == 0) return RAVINE_FULL;
  ++area_.counts.batches;
  step_ticket_ = batches_.draw();
  return step_ticket_;
}

void Oracle::release(std::uint64_t ticket) {
  if (ticket != RAVINE_FULL) {
    batches_.release(ticket);
    if (cursor_ticket_ == ticket) cursor_.reset();
  }
  step_ticket_ = 0;
}

double Oracle::epoch() const {
  return spec_.batch_size == 0 ? static_cast<double>(area_.iterations) : batches_.epoch();
}

void Oracle::begin_step() {
  step_value_ = std::numeric_limits<double>::quiet_NaN();
  saw_step_value_ = told_stop_ = false;
}

void Oracle::check_budget() {
  if (judge_.diverged()) stop(StopCause::diverged);
  // The oracle-cost rule needs an evaluation at or after the hit: the trial goes on until one has
  // met the targets too, at most for as many iterations again.
  if (judge_.all_hit() && (judge_.all_hit_by_evaluations() ||
                           area_.iterations >= 2 * judge_.iteration_of_last_hit() + 10))
    stop(StopCause::targets);
  if (area_.has_iterations != 0 && area_.iterations >= spec_.budget_iterations)
    stop(StopCause::iterations);
  if (over_budget()) stop(StopCause::oracle);
  if (books_.last_ns() > deadline_ns_) stop(StopCause::clock);
}

std::int32_t Oracle::should_stop() {
  // Who works long without asking anything asks this: the clock has to be read for it.
  if (open_) books_.switch_to(Account::optimizer);
  return gate();
}

std::int32_t Oracle::gate() {
  if (!open_) return invalid("called the oracle outside init, step, run, reset and stage");
  if (cause_ == StopCause::none && over_budget()) stop(StopCause::oracle);
  if (cause_ == StopCause::none && books_.last_ns() > deadline_ns_) stop(StopCause::clock);
  if (cause_ != StopCause::none) {
    told_stop_ = true;
    return RAVINE_STOP;
  }
  return stage_over_ && reporter_ != nullptr ? RAVINE_STAGE_END : RAVINE_OK;
}

std::int32_t Oracle::invalid(const char* why) {
  area_.note(why);
  return RAVINE_INVALID;
}

void Oracle::undeclared(std::uint64_t bit, const char* what) {
  if ((uses_ & bit) == 0) area_.note(what);
}

std::int32_t Oracle::objective_of(std::uint64_t ticket, Objective& objective) {
  objective.stage = stage_;
  objective.full = ticket == RAVINE_FULL;
  if (objective.full) return problem_.facts().fresh_samples ? RAVINE_NOT_SUPPORTED : RAVINE_OK;
  objective.samples = batches_.samples(ticket);
  return objective.samples.empty() ? invalid("used a stale ticket") : RAVINE_OK;
}

void Oracle::charge(const Objective& objective, double weight) {
  const auto all = static_cast<double>(batches_.sample_count());
  const double share = objective.full ? 1.0 : static_cast<double>(objective.samples.size()) / all;
  area_.counts.samples += objective.full ? batches_.sample_count() : objective.samples.size();
  area_.oracle_cost += weight * share;
}

void Oracle::after_answer(double evaluations) {
  stage_evaluations_ += evaluations;
  const bool last = stage_ + 1 == problem_.facts().stages.size();
  if (!judge_.has_iterations) {
    if (!last && stage_evaluations_ >= static_cast<double>(spec_.stage_iterations)) end_stage();
    if (judge_.all_hit()) stop(StopCause::targets);
  } else if (judge_.all_hit() && judge_.all_hit_by_evaluations()) {
    stop(StopCause::targets);
  }
}

std::int32_t Oracle::evaluate(std::uint64_t ticket, const double* x, double* value,
                              double* gradient) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (x == nullptr || (value == nullptr && gradient == nullptr))
    return invalid("passed a null pointer to evaluate");
  Objective objective;
  if (const auto status = objective_of(ticket, objective); status != RAVINE_OK) return status;
  if (gradient == nullptr) undeclared(RAVINE_VALUE, "asks for values without declaring it");
  if (gradient != nullptr) undeclared(RAVINE_GRADIENT, "asks for gradients without declaring it");

  double f = 0;
  books_.switch_to(Account::oracle);
  const Answer answer = problem_.evaluate(objective, {x, n_}, &f, gradient);
  books_.switch_to(Account::judge);
  if (answer != Answer::not_supported) {
    ++(gradient == nullptr ? area_.counts.values : area_.counts.gradients);
    charge(objective, gradient == nullptr ? spec_.weights.value : spec_.weights.gradient);
  }
  if (answer == Answer::ok) {
    if (value != nullptr) *value = f;
    if (ticket == step_ticket_ && !saw_step_value_) {
      saw_step_value_ = true;
      step_value_ = f;
    }
    if (objective.full && judge_.evaluations_count) {
      judge_.evaluation({x, n_}, f, gradient);
    } else if (!judge_.has_iterations) {
      judge_.stand_in({x, n_});
    }
    after_answer();
  }
  books_.switch_to(Account::optimizer);
  return status_of(answer);
}

std::int32_t Oracle::hessian_vectors(std::uint64_t ticket, const double* x, const double* v,
                                     std::uint64_t count, double* hv) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (x == nullptr || v == nullptr || hv == nullptr)
    return invalid("passed a null pointer to hessian_vectors");
  if (!problem_.facts().offers_hessian_vectors) return RAVINE_NOT_SUPPORTED;
  Objective objective;
  if (const auto status = objective_of(ticket, objective); status != RAVINE_OK) return status;
  undeclared(RAVINE_HESSIAN_VECTORS, "asks for Hessian-vector products without declaring it");
  books_.switch_to(Account::oracle);
  const Answer answer = problem_.hessian_vectors(objective, {x, n_}, v, count, hv);
  books_.switch_to(Account::judge);
  area_.counts.hessian_vectors += count;
  charge(objective, spec_.weights.hessian_vector * static_cast<double>(count));
  books_.switch_to(Account::optimizer);
  return status_of(answer);
}

std::int32_t Oracle::report(const double* x) {
  if (reporter_ == nullptr || !open_) return invalid("called report outside run");
  if (x == nullptr) return invalid("passed a null pointer to report");
  if (cause_ != StopCause::none) return RAVINE_STOP;
  if (stage_over_) return RAVINE_STAGE_END;  // what comes after it belongs to no stage
  books_.switch_to(Account::judge);
  reporter_->report(x);
  books_.switch_to(Account::optimizer);
  return gate();
}

}  // namespace ravine::harness
