// Interrupts as a flag: SIGINT and SIGTERM end a run after the trials that are done.
#pragma once

#include <csignal>

namespace ravine::harness {

/// While it lives, SIGINT and SIGTERM set a flag instead of ending the program.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  [[nodiscard]] static bool interrupted();

 private:
  struct sigaction old_interrupt_ {
  }, old_terminate_{};
};

}  // namespace ravine::harness
