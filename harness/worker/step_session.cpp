#include "harness/worker/step_session.hpp"

#include <algorithm>

#include "harness/measure/oracle.hpp"
#include "harness/worker/instance.hpp"
#include "harness/worker/point.hpp"
#include "harness/worker/services.hpp"
#include "harness/worker/task.hpp"
#include "problems/catalog.hpp"

namespace ravine::harness {
namespace {

constexpr std::uint64_t kStepsFromStart = 50;

}  // namespace

struct StepSession::State {
  State(const TrialSpec& spec, const LoadedPlugin& plugin, problems::DataSets& data)
      : trial(spec),
        optimizer(plugin.optimizer(spec.optimizer)),
        problem(problems::find_family(spec.family)->make(spec.parameters, spec.instance, data)),
        books(now_ns(), area->books),
        services(spec.optimizer_seed, *area),
        task(problem->facts(), spec),
        judge(spec, *problem, *area, books),
        oracle(spec, *problem, judge, *area, books, ~UINT64_C(0)),
        x(problem->facts().n) {
    usable = optimizer.step != nullptr && begin();
  }

  bool begin() {
    std::copy(problem->facts().x0.begin(), problem->facts().x0.end(), x.data());
    instance = std::make_unique<OptimizerInstance>(optimizer, services.table(), trial.settings);
    oracle.open();
    const bool ready =
        instance->created() && instance->init(task.table(), oracle.table(), x.data()) == RAVINE_OK;
    oracle.close();
    return ready;
  }

  TrialSpec trial;
  const ravine_optimizer& optimizer;
  std::unique_ptr<problems::Problem> problem;
  SharedArea area;
  Books books;
  Services services;
  Task task;
  Judge judge;
  Oracle oracle;
  Point x;
  std::unique_ptr<OptimizerInstance> instance;
  bool usable = false;
};

StepSession::StepSession(const TrialSpec& trial, const LoadedPlugin& plugin,
                         problems::DataSets& data)
    : state_(std::make_unique<State>(trial, plugin, data)) {}

StepSession::~StepSession() = default;

bool StepSession::usable() const { return state_->usable; }

StepSession::Times StepSession::step() {
  State& s = *state_;
  const std::uint64_t ticket = s.oracle.next_ticket();
  const ravine_step step{sizeof(ravine_step), s.area->iterations++, ticket, 0, 1.0, 0.0, 0};
  s.books.switch_to(Account::optimizer);
  const std::int64_t optimizer = s.books.spent(Account::optimizer);
  const std::int64_t oracle = s.books.spent(Account::oracle);
  s.oracle.open();
  const std::int32_t status = s.instance->step(s.oracle.table(), step, s.x.data());
  s.oracle.close();
  s.books.switch_to(Account::judge);
  s.oracle.release(ticket);
  const Times times{static_cast<double>(s.books.spent(Account::optimizer) - optimizer) * 1e-9,
                    static_cast<double>(s.books.spent(Account::oracle) - oracle) * 1e-9};
  const bool finite =
      std::all_of(s.x.span().begin(), s.x.span().end(), [](double v) { return v - v == 0; });
  // From time to time it starts anew anyway: near a minimum at 0 the numbers become subnormal, and
  // arithmetic many times slower than anywhere else.
  const bool long_enough = s.area->iterations % kStepsFromStart == 0;
  if (status != RAVINE_OK || !finite || long_enough) (void)s.begin();
  return times;
}

}  // namespace ravine::harness
