#include "harness/run/interrupt.hpp"

namespace ravine::harness {
namespace {

// A signal handler can reach nothing but a global; this is the only one.
volatile std::sig_atomic_t interrupted_flag = 0;

void on_signal(int) { interrupted_flag = 1; }

}  // namespace

InterruptGuard::InterruptGuard() {
  interrupted_flag = 0;
  struct sigaction action {};
  action.sa_handler = &on_signal;  // without SA_RESTART, so that poll returns
  sigaction(SIGINT, &action, &old_interrupt_);
  sigaction(SIGTERM, &action, &old_terminate_);
}

InterruptGuard::~InterruptGuard() {
  sigaction(SIGINT, &old_interrupt_, nullptr);
  sigaction(SIGTERM, &old_terminate_, nullptr);
}

bool InterruptGuard::interrupted() { return interrupted_flag != 0; }

}  // namespace ravine::harness
