#include "harness/worker/instance.hpp"

namespace ravine::harness {
namespace {

template <class Call>
std::int32_t guarded(Call&& call) {
  try {
    return call();
  } catch (...) {  // whatever it is, it must not unwind the harness
    return kThrew;
  }
}

}  // namespace

OptimizerInstance::OptimizerInstance(const ravine_optimizer& optimizer, const ravine_host& host,
                                     std::span<const double> settings)
    : optimizer_(optimizer), host_(host), settings_(settings) {
  create();
}

OptimizerInstance::~OptimizerInstance() { (void)destroy(); }

void OptimizerInstance::create() {
  const auto status = guarded([&] {
    self_ = optimizer_.create(&optimizer_, &host_, settings_.data());
    return RAVINE_OK;
  });
  threw_ = status == kThrew;
}

std::int32_t OptimizerInstance::destroy() {
  if (self_ == nullptr) return RAVINE_OK;
  void* self = self_;
  self_ = nullptr;
  return guarded([&] {
    optimizer_.destroy(self);
    return RAVINE_OK;
  });
}

std::int32_t OptimizerInstance::init(const ravine_task& task, const ravine_oracle& oracle,
                                     const double* x) {
  return guarded([&] { return optimizer_.init(self_, &task, &oracle, x); });
}

std::int32_t OptimizerInstance::step(const ravine_oracle& oracle, const ravine_step& step,
                                     double* x) {
  return guarded([&] { return optimizer_.step(self_, &oracle, &step, x); });
}

std::int32_t OptimizerInstance::run(const ravine_oracle& oracle, const ravine_step& step,
                                    double* x) {
  return guarded([&] { return optimizer_.run(self_, &oracle, &step, x); });
}

std::int32_t OptimizerInstance::judged_point(const double* x, double* out) {
  return guarded([&] { return optimizer_.judged_point(self_, x, out); });
}

std::int32_t OptimizerInstance::enter_stage(const ravine_stage& stage, const ravine_task& task,
                                            const ravine_oracle& oracle, const double* x,
                                            bool& was_reset) {
  was_reset = optimizer_.stage == nullptr;
  if (!was_reset) return guarded([&] { return optimizer_.stage(self_, &stage, x); });
  if (optimizer_.reset != nullptr) return guarded([&] { return optimizer_.reset(self_, x); });
  (void)destroy();
  create();
  return created() ? init(task, oracle, x) : RAVINE_FAILED;
}

}  // namespace ravine::harness
