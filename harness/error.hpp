// What goes wrong for which reason, and with it the exit code.
#pragma once

#include <stdexcept>

namespace ravine::harness {

/// Exit codes of every command.
inline constexpr int kExitDone = 0;
inline constexpr int kExitGateFailed = 1;    ///< a gate or check failed
inline constexpr int kExitUserError = 2;     ///< the command or a file of the user's was wrong
inline constexpr int kExitHarnessError = 3;  ///< the harness itself failed

/// The command or a file of the user's was wrong: what, where, and what to write instead.
class UserError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The harness or its machine failed (a full disk, no more processes): what, and what is kept.
class HarnessError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace ravine::harness
