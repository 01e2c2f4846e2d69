// A process that has loaded one plugin and forks for each trial: loading is paid once, and a trial
// that crashes, hangs or exits takes nothing with it but itself.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "harness/measure/area.hpp"
#include "harness/plan/plan.hpp"
#include "harness/plugin/info.hpp"
#include "harness/process/child.hpp"

namespace ravine::harness {

/// What a zygote needs; all of it is inherited by the fork, nothing is sent. Must outlive it.
struct ZygoteContext {
  const std::vector<TrialSpec>& trials;
  const std::vector<PluginInfo>& plugins;
  problems::DataSets& data;
  bool show_output = false;
};

/// How a trial's process ended; the record itself is in the area.
struct TrialEnd {
  ChildEnd child;
  double wall_seconds = 0;  ///< of the worker process
};

class Zygote {
 public:
  /// Forks and begins to load. `area` is where its trials write.
  /// `core` is where it and its workers stay, when not negative.
  Zygote(const ZygoteContext& context, std::size_t plugin, Area& area, int core);
  ~Zygote();  ///< kills and reaps it, and its worker with it
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  [[nodiscard]] int descriptor() const { return socket_; }

  /// Asks for a trial. One at a time.
  void start(std::size_t trial);

  /// Reads an answer when the descriptor is ready. False when the zygote itself is gone: then
  /// `failure()` says why (the plugin died while loading, changed since the run began, ...).
  bool receive(TrialEnd& end);
  [[nodiscard]] const std::string& failure() const { return failure_; }
  /// It is gone, and how it ended; else it could not use the plugin.
  [[nodiscard]] bool died() const { return process_ < 0; }
  [[nodiscard]] const ChildEnd& end() const { return end_; }

 private:
  pid_t process_ = -1;
  int socket_ = -1;
  std::string failure_;
  ChildEnd end_;
};

/// Seconds after its budget at which a worker is killed.
inline constexpr double kGraceSeconds = 2;

}  // namespace ravine::harness
