#include "harness/worker/worker.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <cmath>
#include <cstdlib>
#include <utility>

#include "harness/measure/float_state.hpp"
#include "harness/measure/oracle.hpp"
#include "harness/worker/afterwards.hpp"
#include "harness/worker/box.hpp"
#include "harness/worker/instance.hpp"
#include "harness/worker/point.hpp"
#include "harness/worker/requirements.hpp"
#include "harness/worker/services.hpp"
#include "harness/worker/step_clock.hpp"
#include "harness/worker/task.hpp"
#include "harness/worker/verdict.hpp"

namespace ravine::harness {
namespace {

using results::Status;

std::uint64_t heap_bytes() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// The declared bits, and our own for the extensions.
std::uint64_t declared_uses(const OptimizerInfo& info) {
  return info.uses | Oracle::extension_bits(info.uses_extensions) |
         Oracle::extension_bits(info.needs_extensions);
}

class Trial final : private Oracle::Reporter {
 public:
  Trial(const TrialSpec& spec, const LoadedPlugin& plugin, problems::Problem& problem, Area& area,
        std::int64_t since_ns, const Observer& observer)
      : spec_(spec),
        optimizer_(plugin.optimizer(spec.optimizer)),
        info_(plugin.info().optimizers[spec.optimizer]),
        problem_(problem),
        facts_(problem.facts()),
        area_(area),
        books_(since_ns, area.books),
        clock_(area, books_),
        services_(spec.optimizer_seed, area),
        task_(facts_, spec),
        judge_(spec, problem, area, books_),
        oracle_(spec, problem, judge_, area, books_, declared_uses(info_)),
        schedule_(spec.schedule),
        average_(spec.average, facts_.n, spec.budget_iterations),
        x_(spec.start.empty() ? facts_.x0 : spec.start),
        judged_(info_.has_judged_point ? facts_.n : 0),
        reported_(info_.steps ? 0 : facts_.n) {
    judge_.observer = observer;
    area_.describe(facts_);
    judge_.has_iterations = info_.reports_iterations();
    area_.has_iterations = judge_.has_iterations ? 1 : 0;
  }

  void run() {
    books_.switch_to(Account::judge);
    if (!judge_.begin(x_.span()))
      return end(Status::infrastructure, "the problem cannot be evaluated at its start");
    books_.switch_to(Account::startup);
    const auto lacking = missing(info_, spec_, task_.table(), oracle_.table());
    if (!lacking.empty()) return end(Status::unsupported, lacking);
    heap_before_ = heap_bytes();
    OptimizerInstance instance(optimizer_, services_.table(), spec_.settings);
    if (instance.threw())
      return end(Status::protocol, "an exception crossed the contract in create");
    if (!instance.created())
      return end(Status::unsupported, fmt::format("create refused: {}", services_.last_error()));
    oracle_.check_budget();  // targets that are met at the start leave nothing to do
    books_.switch_to(Account::optimizer);
    oracle_.open();
    std::int32_t status = instance.init(task_.table(), oracle_.table(), x_.data());
    oracle_.close();
    books_.switch_to(Account::judge);
    if (status == RAVINE_OK) status = info_.steps ? step_loop(instance) : run_loop(instance);
    conclude(status);
    finish();
    if (instance.destroy() == kThrew) area_.note("an exception crossed the contract in destroy");
    area_.phase.store(Phase::destroyed);
  }

 private:
  /// The next step, with its batch. The passes over the data are those before it.
  ravine_step next_step() {
    const double epoch = oracle_.epoch();
    area_.multiplier = schedule_.multiplier(area_.iterations, epoch);
    ticket_ = oracle_.next_ticket();  // kept: a plugin may scribble over what it is given
    return {sizeof(ravine_step),
            area_.iterations,
            ticket_,
            spec_.budget_iterations,
            area_.multiplier,
            epoch,
            std::exchange(moved_, false) ? RAVINE_X_MOVED : 0};
  }

  std::int32_t step_loop(OptimizerInstance& instance) {
    oracle_.check_budget();
    while (oracle_.stopped() == StopCause::none) {
      if (oracle_.stage_over() || stage_used_up())
        if (const auto status = next_stage(instance); status != RAVINE_OK) return status;
      const ravine_step step = next_step();
      oracle_.begin_step();
      clock_.begin();
      oracle_.open();
      const std::int32_t status = instance.step(oracle_.table(), step, x_.data());
      oracle_.close();
      books_.switch_to(Account::judge);
      oracle_.release(ticket_);
      if (oracle_.told_stop() && status != kThrew) {
        if (status == RAVINE_OK) area_.note("went on with its step after it was told to stop");
        return RAVINE_STOP;
      }
      if (status == RAVINE_CONVERGED || status == RAVINE_NO_PROGRESS) {
        accept(&instance, x_.span());
        if (last_stage()) return status;
        oracle_.end_stage();
      } else if (status != RAVINE_OK) {
        return status;
      } else {
        accept(&instance, x_.span());
      }
    }
    return RAVINE_STOP;
  }

  std::int32_t run_loop(OptimizerInstance& instance) {
    for (;;) {
      oracle_.check_budget();
      if (oracle_.stopped() != StopCause::none) return RAVINE_STOP;
      const ravine_step step = next_step();
      oracle_.begin_step();
      oracle_.set_reporter(this);
      clock_.begin();
      oracle_.open();
      const std::int32_t status = instance.run(oracle_.table(), step, x_.data());
      oracle_.close();
      oracle_.set_reporter(nullptr);
      books_.switch_to(Account::judge);
      oracle_.release(ticket_);
      const bool by_itself = status == RAVINE_CONVERGED || status == RAVINE_NO_PROGRESS;
      const bool unasked = status == RAVINE_STAGE_END && !oracle_.stage_over();
      if (last_stage() || unasked || !(status == RAVINE_STAGE_END || by_itself)) return status;
      if (const auto entered = next_stage(instance); entered != RAVINE_OK) return entered;
    }
  }

  // Run mode: the library tells of an accepted iterate, which is its own.
  void report(const double* x) override {
    if (area_.has_iterations != 0) {
      std::copy_n(x, facts_.n, reported_.data());
      accept(nullptr, reported_.span());
    }
    if (stage_used_up()) oracle_.end_stage();
    oracle_.begin_step();
    clock_.begin();
  }

  [[nodiscard]] bool last_stage() const { return oracle_.stage() + 1 == facts_.stages.size(); }
  [[nodiscard]] bool stage_used_up() const {
    return !last_stage() && judge_.has_iterations &&
           area_.iterations - stage_began_ >= spec_.stage_iterations;
  }

  std::int32_t next_stage(OptimizerInstance& instance) {
    const std::uint64_t index = oracle_.stage() + 1;
    oracle_.enter_stage(index);
    stage_began_ = area_.iterations;
    schedule_.forget();
    average_.restart();
    const auto& stage = facts_.stages[index];
    const ravine_stage told{
        sizeof(ravine_stage), index, facts_.stages.size(),
        RAVINE_STALE_VALUES | (stage.same_curvature ? 0 : RAVINE_STALE_CURVATURE), stage.parameter};
    bool was_reset = false;
    books_.switch_to(Account::optimizer);
    oracle_.open();
    const auto status =
        instance.enter_stage(told, task_.table(), oracle_.table(), x_.data(), was_reset);
    oracle_.close();
    books_.switch_to(Account::judge);
    if (was_reset) area_.note("does not take stages: reset at the start of each");
    return status;
  }

  /// An iteration is done and left its point in x.
  void accept(OptimizerInstance* instance, std::span<double> x) {
    clock_.end();
    ++area_.iterations;
    if (area_.iterations == 2) {
      const std::uint64_t heap = heap_bytes();
      area_.state_bytes = heap > heap_before_ ? heap - heap_before_ : 0;
    }
    if (FloatState::current() != float_state_) {
      float_state_.restore();
      area_.note("changed the rounding mode or flush-to-zero during a step; restored");
    }
    const double seen = oracle_.step_value();
    if (!std::isnan(seen) || oracle_.step_saw_not_finite()) schedule_.saw(seen);
    area_.add_regret(spec_.batch_size, facts_.f_star, seen);
    if (project(facts_, x)) {
      moved_ = true;
      area_.note("left the problem's box: projected onto it");
    }
    std::span<const double> point = x;
    if (average_.is_on()) {
      books_.switch_to(Account::averaging);
      point = average_.add(point);
      books_.switch_to(Account::judge);
    }
    if (instance != nullptr && info_.has_judged_point) {
      books_.switch_to(Account::averaging);
      const auto status = instance->judged_point(x.data(), judged_.data());
      books_.switch_to(Account::judge);
      project(facts_, judged_.span());
      if (status == RAVINE_OK)
        point = judged_.span();
      else
        area_.note("judged_point failed: x was judged in its place");
    }
    last_point_ = point;
    // A batch whose value is not finite makes the judge look: divergence is found at once.
    judge_.iterate(area_.iterations, oracle_.stage(), point, oracle_.step_value(),
                   oracle_.step_saw_not_finite());
    oracle_.check_budget();
  }

  void conclude(std::int32_t status) {
    const Verdict verdict = verdict_of({.status = status,
                                        .cause = oracle_.stopped(),
                                        .all_hit = judge_.all_hit(),
                                        .iterations = area_.iterations,
                                        .oracle_cost = area_.oracle_cost,
                                        .budget_seconds = spec_.budget_seconds,
                                        .last_error = services_.last_error()});
    area_.stopped_by_clock = verdict.by_clock ? 1 : 0;
    set(verdict.status, verdict.reason);
  }

  void set(Status status, const std::string& reason) {
    area_.status = status;
    area_.set_reason(reason.c_str());
  }

  void end(Status status, const std::string& reason) {
    set(status, reason);
    finish();
    area_.phase.store(Phase::destroyed);
  }

  void finish() {
    if (!x_.intact() || (info_.has_judged_point && !judged_.intact()))
      set(Status::protocol, "wrote past the end of x");
    judge_.finish();
    books_.switch_to(Account::judge);
    if (area_.stopped_by_clock == 0 && area_.has_f_start != 0)
      describe_afterwards(spec_, problem_, last_point_, area_);
    books_.switch_to(Account::recording);
    area_.phase.store(Phase::final);
  }

  const TrialSpec& spec_;
  const ravine_optimizer& optimizer_;
  const OptimizerInfo& info_;
  problems::Problem& problem_;
  const problems::Facts& facts_;
  Area& area_;
  Books books_;
  StepClock clock_;
  Services services_;
  Task task_;
  Judge judge_;
  Oracle oracle_;
  Schedule schedule_;
  Average average_;
  Point x_, judged_, reported_;
  std::span<const double> last_point_;  // of the last iteration, judged; empty before the first
  FloatState float_state_ = FloatState::current();
  std::uint64_t heap_before_ = 0, stage_began_ = 0, ticket_ = 0;
  bool moved_ = false;  // by a projection, since the last step
};

}  // namespace

void run_trial(const TrialSpec& spec, const LoadedPlugin& plugin, problems::Problem& problem,
               Area& area, std::int64_t since_ns, const Observer& observer) {
  area.phase.store(Phase::working);
  Trial(spec, plugin, problem, area, since_ns, observer).run();
}

}  // namespace ravine::harness
