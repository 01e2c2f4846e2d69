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

/// Switching reads the clock once and closes the account that was open, so nothing is counted twice
/// and nothing in between is lost.
class Books {
 public:
  /// Opens with `startup`, from a moment in the past. `spent` is where the accounts are kept (in
  /// shared memory, so that a worker that is killed leaves them).
  Books(std::int64_t since_ns, std::array<std::int64_t, kAccounts>& spent)
      : spent_(spent), last_(since_ns) {}

  void switch_to(Account account) {
    const std::int64_t now = now_ns();
    spent_[static_cast<std::size_t>(open_)] += now - last_;
    last_ = now;
    open_ = account;
  }
  /// As of the last switch.
  [[nodiscard]] std::int64_t spent(Account account) const {
    return spent_[static_cast<std::size_t>(account)];
  }
  [[nodiscard]] std::int64_t last_ns() const { return last_; }

 private:
  std::array<std::int64_t, kAccounts>& spent_;
  std::int64_t last_;
  Account open_ = Account::startup;
};

/// Median cost of one clock reading, in seconds.
double clock_cost_seconds();

}  // namespace ravine::harness
