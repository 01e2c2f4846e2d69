// An optimizer's instance: every call across the contract goes through here, and no exception of
// the plugin's comes back.
#pragma once

#include <cstdint>
#include <span>

#include "ravine/plugin.h"

namespace ravine::harness {

/// What the calls answer when an exception crossed the contract: no code of the contract's.
inline constexpr std::int32_t kThrew = -1;

class OptimizerInstance {
 public:
  OptimizerInstance(const ravine_optimizer& optimizer, const ravine_host& host,
                    std::span<const double> settings);
  ~OptimizerInstance();
  OptimizerInstance(const OptimizerInstance&) = delete;
  OptimizerInstance& operator=(const OptimizerInstance&) = delete;

  [[nodiscard]] bool created() const { return self_ != nullptr; }
  [[nodiscard]] bool threw() const { return threw_; }

  std::int32_t init(const ravine_task& task, const ravine_oracle& oracle, const double* x);
  std::int32_t step(const ravine_oracle& oracle, const ravine_step& step, double* x);
  std::int32_t run(const ravine_oracle& oracle, const ravine_step& step, double* x);
  std::int32_t judged_point(const double* x, double* out);
  /// Tells of a new stage: by `stage`, else by `reset`, else by a new instance. `was_reset` says
  /// that it was not told but started anew.
  std::int32_t enter_stage(const ravine_stage& stage, const ravine_task& task,
                           const ravine_oracle& oracle, const double* x, bool& was_reset);
  std::int32_t destroy();  ///< once; RAVINE_OK or kThrew

 private:
  void create();
  const ravine_optimizer& optimizer_;
  const ravine_host& host_;
  std::span<const double> settings_;
  void* self_ = nullptr;
  bool threw_ = false;
};

}  // namespace ravine::harness
