// A child process that may crash, hang or exit without harm: everything that touches a plugin.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace ravine::harness {

/// How a child ended.
struct ChildEnd {
  bool timed_out = false;  ///< killed by us
  int signal = 0;          ///< 0: it exited on its own
  int exit_code = 0;
  /// "died of SIGSEGV (Segmentation fault)", "hung and was killed after 5 s", "exited with code 3".
  [[nodiscard]] std::string text() const;
  double limit_seconds = 0;
  std::uint64_t peak_memory_bytes = 0;  ///< largest resident size
};

/// Forks; the child dies with this process, leads a process group of its own, and has no standard
/// input. Output goes to /dev/null unless `show_output`. `body` returns the exit code. Throws
/// HarnessError when the system refuses a process.
pid_t fork_child(bool show_output, const std::function<int()>& body);

/// Waits until the child ends, or kills its group at the limit. Returns with the child reaped and
/// no process of its group left.
ChildEnd await_child(pid_t child, std::chrono::duration<double> limit);

/// From here on, orphans among this process's descendants become its children.
void adopt_orphans();

/// Kills and reaps every child of this process, adopted ones too: what a plugin started and left
/// behind, whatever session or group it moved to. Only where no other child is wanted.
void end_orphans();

/// Runs body in a child and returns what it wrote to the descriptor that it is given. A child that
/// died half-way leaves what it had written. Ends every other child too.
struct ChildOutput {
  ChildEnd end;
  std::string bytes;
};
ChildOutput collect_from_child(std::chrono::duration<double> limit, bool show_output,
                               const std::function<int(int descriptor)>& body);

/// Writes all bytes to a descriptor; false when it cannot.
bool write_all(int descriptor, const void* bytes, std::size_t count);

std::string signal_name(int signal);  ///< "SIGSEGV"

}  // namespace ravine::harness
