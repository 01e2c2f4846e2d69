// The books of a trial: every nanosecond of the worker belongs to one account (protocol.md, item
// 6).
#pragma once

#include <array>
#include <cstdint>
#include <ctime>

namespace ravine::harness {

enum class Account : std::uint32_t { startup, optimizer, oracle, judge, averaging, recording };
inline constexpr std::size_t kAccounts = 6;

/// Nanoseconds of the monotonic clock, comparable among the processes of a machine.
inline std::int64_t now_ns() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);  // answered in user space: no system call
  return t.tv_sec * INT64_C(1'000'000'000) + t.tv_nsec;
}

/// What is written down, in shared memory, so that a worker that is killed leaves it.
struct BookPages {
  std::array<std::int64_t, kAccounts> spent{};  ///< nanoseconds, up to the last switch
  std::int64_t last_ns = 0;                     ///< when that was; 0: never opened
  Account open = Account::startup;              ///< who has spent the time since

  /// Closes the open account for a worker that could not: it was at it until its end.
  void close_at(std::int64_t end_ns) {
    if (last_ns != 0 && end_ns > last_ns) spent[static_cast<std::size_t>(open)] += end_ns - last_ns;
    last_ns = 0;
  }
};

/// Switching reads the clock once and closes the account that was open, so nothing is counted twice
/// and nothing in between is lost.
class Books {
 public:
  /// Opens with `startup`, from a moment in the past.
  Books(std::int64_t since_ns, BookPages& pages) : pages_(pages) { pages_.last_ns = since_ns; }

  void switch_to(Account account) {
    const std::int64_t now = now_ns();
    pages_.spent[static_cast<std::size_t>(pages_.open)] += now - pages_.last_ns;
    pages_.last_ns = now;
    pages_.open = account;
  }
  /// As of the last switch.
  [[nodiscard]] std::int64_t spent(Account account) const {
    return pages_.spent[static_cast<std::size_t>(account)];
  }
  [[nodiscard]] std::int64_t last_ns() const { return pages_.last_ns; }

 private:
  BookPages& pages_;
};

/// Median cost of one clock reading, in seconds.
double clock_cost_seconds();

}  // namespace ravine::harness
