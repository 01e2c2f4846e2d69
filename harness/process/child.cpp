#include "harness/process/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <exception>
#include <fstream>

#include "harness/error.hpp"

namespace ravine::harness {
namespace {

using Seconds = std::chrono::duration<double>;

void isolate(pid_t parent, bool show_output) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(kExitHarnessError);  // it died before the line above
  setpgid(0, 0);
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  signal(SIGPIPE, SIG_DFL);
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(null, STDIN_FILENO);
  if (!show_output) {
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
  }
  close(null);
}

int milliseconds_left(std::chrono::steady_clock::time_point deadline) {
  const double left =
      std::chrono::duration<double, std::milli>(deadline - std::chrono::steady_clock::now())
          .count();
  return left <= 0 ? 0 : static_cast<int>(std::min(std::ceil(left), 1e9));
}

}  // namespace

std::string signal_name(int number) {
  const char* name = sigabbrev_np(number);
  return name == nullptr ? fmt::format("signal {}", number) : fmt::format("SIG{}", name);
}

std::string ChildEnd::text() const {
  if (timed_out) return fmt::format("hung and was killed after {:.3g} s", limit_seconds);
  if (signal != 0)
    return fmt::format("died of {} ({})", signal_name(signal),
                       sigdescr_np(signal) != nullptr ? sigdescr_np(signal) : "?");
  return fmt::format("exited with code {}", exit_code);
}

bool write_all(int descriptor, const void* bytes, std::size_t count) {
  const auto* at = static_cast<const char*>(bytes);
  while (count > 0) {
    const ssize_t written = write(descriptor, at, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

void adopt_orphans() { prctl(PR_SET_CHILD_SUBREAPER, 1); }

void end_orphans() {
  for (;;) {
    const pid_t ended = waitpid(-1, nullptr, WNOHANG);
    if (ended > 0) continue;
    if (ended < 0) return;  // no child is left
    std::ifstream children("/proc/thread-self/children");
    pid_t child = 0;
    while (children >> child) kill(child, SIGKILL);
    (void)waitpid(-1, nullptr, 0);
  }
}

pid_t fork_child(bool show_output, const std::function<int()>& body) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0)
    throw HarnessError(fmt::format("cannot start a process: {}", std::strerror(errno)));
  if (child > 0) {
    setpgid(child, child);  // in both, so that neither has to wait for the other
    return child;
  }
  int code = kExitHarnessError;
  try {
    isolate(parent, show_output);
    code = body();
  } catch (const std::exception& e) {
    fmt::print(stderr, "ravine: {}\n", e.what());
  } catch (...) {
    fmt::print(stderr, "ravine: unknown exception\n");
  }
  _exit(code);  // the parent's buffers and destructors are not ours to run
}

ChildEnd await_child(pid_t child, Seconds limit) {
  ChildEnd end;
  end.limit_seconds = limit.count();
  const auto deadline = std::chrono::steady_clock::now() +
                        std::chrono::duration_cast<std::chrono::steady_clock::duration>(limit);
  // glibc 2.36 declares pidfd_open for C only.
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  if (handle < 0)
    throw HarnessError(fmt::format("cannot watch a process: {}", std::strerror(errno)));
  pollfd ready{handle, POLLIN, 0};
  int polled = 0;
  do {
    polled = poll(&ready, 1, milliseconds_left(deadline));
  } while (polled < 0 && errno == EINTR);
  close(handle);
  end.timed_out = polled == 0;
  kill(-child, SIGKILL);  // the child when it hung, and whatever it left behind in its group
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  end.peak_memory_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
  if (WIFEXITED(status)) end.exit_code = WEXITSTATUS(status);
  if (!WIFSIGNALED(status)) end.timed_out = false;
  return end;
}

ChildOutput collect_from_child(Seconds limit, bool show_output,
                               const std::function<int(int)>& body) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    throw HarnessError(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  const pid_t child = fork_child(show_output, [&] {
    close(ends[0]);
    return body(ends[1]);
  });
  close(ends[1]);
  ChildOutput result;
  const auto deadline = std::chrono::steady_clock::now() +
                        std::chrono::duration_cast<std::chrono::steady_clock::duration>(limit);
  std::array<char, 65536> chunk{};
  for (;;) {
    pollfd ready{ends[0], POLLIN, 0};
    const int polled = poll(&ready, 1, milliseconds_left(deadline));
    if (polled < 0 && errno == EINTR) continue;
    if (polled <= 0) break;
    const ssize_t got = read(ends[0], chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    result.bytes.append(chunk.data(), static_cast<std::size_t>(got));
  }
  close(ends[0]);
  const Seconds left = deadline - std::chrono::steady_clock::now();
  result.end = await_child(child, std::max(left, Seconds(0)));
  result.end.limit_seconds = limit.count();
  end_orphans();
  return result;
}

}  // namespace ravine::harness
