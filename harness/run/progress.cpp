#include "harness/run/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace ravine::harness {
namespace {

constexpr std::chrono::milliseconds kEveryOnTerminal{100};
constexpr std::chrono::seconds kEveryElsewhere{10};

std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

std::string minutes(double seconds) {
  const auto s = std::lround(seconds);
  return fmt::format("{}:{:02}", s / 60, s % 60);
}

}  // namespace

Progress::Progress(std::size_t total, bool quiet)
    : total_(total),
      quiet_(quiet),
      terminal_(isatty(STDERR_FILENO) == 1),
      width_(terminal_width()) {}

Progress::~Progress() {
  if (!quiet_ && terminal_ && done_ > 0) fmt::print(stderr, "\r\x1b[K");
}

void Progress::finished(bool failed, const std::string& what) {
  ++done_;
  if (failed) ++failed_;
  const auto now = Clock::now();
  const bool due = terminal_ ? now - shown_ >= kEveryOnTerminal : now - shown_ >= kEveryElsewhere;
  if (quiet_ || !(due || done_ == total_)) return;
  shown_ = now;
  show(what);
}

void Progress::show(const std::string& what) {
  const double spent = std::chrono::duration<double>(Clock::now() - began_).count();
  const double left = spent / static_cast<double>(done_) * static_cast<double>(total_ - done_);
  std::string line =
      fmt::format("{}/{} trials done, {} failed, {} left", done_, total_, failed_, minutes(left));
  if (!terminal_) {
    fmt::print(stderr, "{}\n", line);
    return;
  }
  line += "  " + what;
  if (line.size() >= width_) line.resize(width_ - 1);
  fmt::print(stderr, "\r\x1b[K{}", line);
  std::fflush(stderr);
}

}  // namespace ravine::harness
