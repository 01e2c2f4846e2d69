// The progress line of a run: on a terminal it is rewritten in place, elsewhere it comes now and
// then.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace ravine::harness {

class Progress {
 public:
  /// Writes to standard error; `quiet` writes nothing.
  Progress(std::size_t total, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void finished(bool failed, const std::string& what);

 private:
  void show(const std::string& what);
  using Clock = std::chrono::steady_clock;
  std::size_t total_, done_ = 0, failed_ = 0;
  bool quiet_, terminal_;
  std::size_t width_;
  Clock::time_point began_ = Clock::now(), shown_ = Clock::now();
};

}  // namespace ravine::harness
