// Runs the real program, each time in a folder of its own with nothing of the user's environment.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ravine::test {

/// How the program ended, and what it said.
struct Outcome {
  int exit_code = -1;  ///< -1 when a signal ended it
  int signal = 0;
  bool timed_out = false;  ///< it was killed after its time limit
  double seconds = 0;
  std::string out, err;
};

/// A program that runs. Killed at the latest by the destructor.
class Running {
 public:
  Running(pid_t process, int out, int err);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void signal(int number) const;
  /// Waits for the end; kills what lives longer than `limit` seconds, many times what it takes.
  Outcome wait(double limit = 240);

 private:
  pid_t process_;
  int out_, err_;  ///< files in memory, or -1 where the output goes elsewhere
  double began_;
};

/// A fresh folder below the system's temporary one, removed at the end. The program runs in work().
class Sandbox {
 public:
  Sandbox();
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  using Words = std::vector<std::string>;
  Outcome ravine(const Words& words) const;
  /// `stdout_to` replaces the program's standard output; -1: it is collected.
  Running start(const Words& words, int stdout_to = -1) const;

  /// Where the program runs: all that it and its plugins leave is found here.
  std::filesystem::path work() const { return folder_ / "work"; }
  /// The user's own plugin folder, which is searched without being asked to.
  std::filesystem::path user_plugins() const { return folder_ / "data/ravine/plugins"; }
  std::filesystem::path other(const std::string& name) const { return folder_ / name; }
  /// Writes a file into work() and returns its whole name.
  std::string write(const std::string& name, const std::string& text) const;
  std::vector<std::string> files_in_work() const;  ///< sorted names

  /// Waits at most `limit` seconds for the end of every process that was started from here, and
  /// kills those that then still live. Their command lines.
  std::vector<std::string> survivors(double limit = 3) const;

  std::map<std::string, std::string> environment;

 private:
  std::filesystem::path folder_;
};

/// A misbehaving plugin of tests/misbehaving: one that loads, and one that must not.
std::string plugin_of_run(const std::string& name);
std::string plugin_of_load(const std::string& name);

std::string read_file(const std::filesystem::path& file);

}  // namespace ravine::test
