// What an optimizer's constructor is given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "ravine/plugin.h"

namespace ravine::sdk {

/// Thrown by what cannot go on: the text becomes the reason in the trial's record, the status what
/// the call answers. The default is for settings that do not go together and for a task that they,
/// or the method, do not fit: the trial is "unsupported". RAVINE_FAILED, which makes it a "crash",
/// is for what has really failed.
class Refused : public std::runtime_error {
 public:
  explicit Refused(const std::string& why, std::int32_t status = RAVINE_NOT_SUPPORTED)
      : std::runtime_error(why), status_(status) {}
  [[nodiscard]] std::int32_t status() const noexcept { return status_; }

 private:
  std::int32_t status_;
};

/// Settings, task, services and the starting point. Valid during construction; the task, the host
/// and the oracle stay valid as long as the instance. A reset constructs anew, and then the oracle
/// may not be asked: a constructor that needs f or g leaves that to its first step.
class Start {
 public:
  Start(const ravine_optimizer& optimizer, const ravine_host& host, const ravine_task& task,
        const ravine_oracle& oracle, std::span<const double> settings, std::span<const double> x)
      : optimizer_(optimizer),
        host_(host),
        task_(task),
        oracle_(oracle),
        settings_(settings),
        x_(x) {}

  /// The value in force of a declared hyperparameter. Throws Refused for an undeclared name.
  [[nodiscard]] double setting(std::string_view name) const {
    for (std::uint64_t i = 0; i < optimizer_.parameter_count; ++i)
      if (name == optimizer_.parameters[i]->name) return settings_[i];
    throw Refused("no hyperparameter named " + std::string(name), RAVINE_FAILED);
  }
  [[nodiscard]] std::size_t count_setting(std::string_view name) const {
    return static_cast<std::size_t>(setting(name));
  }
  [[nodiscard]] bool flag(std::string_view name) const { return setting(name) != 0; }

  [[nodiscard]] std::size_t n() const { return x_.size(); }
  [[nodiscard]] std::span<const double> x() const { return x_; }
  [[nodiscard]] const ravine_task& task() const { return task_; }
  [[nodiscard]] const ravine_host& host() const { return host_; }
  [[nodiscard]] const ravine_oracle& oracle() const { return oracle_; }

 private:
  const ravine_optimizer& optimizer_;
  const ravine_host& host_;
  const ravine_task& task_;
  const ravine_oracle& oracle_;
  std::span<const double> settings_;
  std::span<const double> x_;
};

}  // namespace ravine::sdk
