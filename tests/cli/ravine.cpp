#include "tests/cli/ravine.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX's
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sstream>

namespace ravine::test {
namespace {

namespace fs = std::filesystem;

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Whether the process (of ours or not) has ended within so many seconds.
bool ended_within(pid_t process, double seconds) {
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
  if (handle < 0) return true;
  pollfd ready{handle, POLLIN, 0};
  const int polled = poll(&ready, 1, static_cast<int>(std::max(0.0, seconds) * 1e3) + 1);
  close(handle);
  return polled > 0;
}

std::string read_all(int descriptor) {
  std::string text;
  char chunk[65536];
  for (off_t at = 0;;) {
    const ssize_t got = pread(descriptor, chunk, sizeof chunk, at);
    if (got <= 0) return text;
    text.append(chunk, static_cast<std::size_t>(got));
    at += got;
  }
}

/// Processes whose environment names this sandbox.
std::vector<pid_t> processes_of(const std::string& marker) {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const std::string text = read_file(entry.path() / "environ");  // "" for a zombie
    if (text.find(marker) != std::string::npos) found.push_back(std::stoi(name));
  }
  return found;
}

}  // namespace

Running::Running(pid_t process, int out, int err)
    : process_(process), out_(out), err_(err), began_(now()) {}

Running::~Running() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  close(out_);
  close(err_);
}

void Running::signal(int number) const { kill(process_, number); }

Outcome Running::wait(double limit) {
  Outcome outcome;
  outcome.timed_out = !ended_within(process_, limit);
  if (outcome.timed_out) kill(process_, SIGKILL);
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  outcome.seconds = now() - began_;
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  outcome.out = read_all(out_);
  outcome.err = read_all(err_);
  return outcome;
}

Sandbox::Sandbox() {
  std::string name = fs::temp_directory_path() / "ravine-cli-XXXXXX";
  folder_ = mkdtemp(name.data());
  fs::create_directories(work());
  environment = {{"HOME", folder_ / "home"},
                 {"XDG_DATA_HOME", folder_ / "data"},
                 {"RAVINE_TEST_SANDBOX", folder_},
                 {"PATH", "/usr/bin:/bin"},
                 // What a plugin does is for the harness to see, in a build with sanitizers too.
                 {"ASAN_OPTIONS", "handle_segv=0:handle_abort=0:detect_leaks=0"},
                 {"TSAN_OPTIONS", "handle_segv=0:handle_abort=0"}};
}

Sandbox::~Sandbox() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Running Sandbox::start(const Words& words, int stdout_to) const {
  std::vector<std::string> arguments{RAVINE_PROGRAM}, variables;
  arguments.insert(arguments.end(), words.begin(), words.end());
  for (const auto& [name, value] : environment)
    variables.emplace_back(name).append("=").append(value);
  std::vector<char*> argv, envp;
  for (auto& word : arguments) argv.push_back(word.data());
  for (auto& variable : variables) envp.push_back(variable.data());
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  const int out = stdout_to < 0 ? memfd_create("out", MFD_CLOEXEC) : -1;
  const int err = memfd_create("err", MFD_CLOEXEC);
  const std::string folder = work();
  const pid_t process = fork();
  if (process == 0) {
    dup2(stdout_to < 0 ? out : stdout_to, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    if (chdir(folder.c_str()) == 0) execve(argv[0], argv.data(), envp.data());
    _exit(126);
  }
  EXPECT_GT(process, 0);
  return {process, out, err};
}

Outcome Sandbox::ravine(const Words& words) const {
  Outcome outcome = start(words).wait();
  EXPECT_FALSE(outcome.timed_out) << outcome.err;
  EXPECT_EQ(outcome.signal, 0) << outcome.err;
  return outcome;
}

std::string Sandbox::write(const std::string& name, const std::string& text) const {
  std::ofstream(work() / name, std::ios::binary) << text;
  return work() / name;
}

std::vector<std::string> Sandbox::files_in_work() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(work())) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Sandbox::survivors(double limit) const {
  const double deadline = now() + limit;
  std::vector<std::string> lines;
  // One that forks while we look is found at the next turn.
  for (auto living = processes_of(folder_); !living.empty(); living = processes_of(folder_))
    for (const pid_t process : living) {
      if (ended_within(process, deadline - now())) continue;
      const auto proc = fs::path("/proc") / std::to_string(process);
      lines.push_back(std::to_string(process) + " " + read_file(proc / "comm"));
      kill(process, SIGKILL);
      (void)ended_within(process, limit);
    }
  return lines;
}

std::string plugin_of_run(const std::string& name) {
  return RAVINE_MISBEHAVING_DIR "/run/" + name + ".so";
}

std::string plugin_of_load(const std::string& name) {
  return RAVINE_MISBEHAVING_DIR "/load/" + name + ".so";
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace ravine::test
