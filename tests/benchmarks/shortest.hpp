// How long two pieces of work take at their best, one beside the other.
#pragma once

#include <algorithm>
#include <ctime>

namespace ravine::problems {

/// Of the processor, for this thread: other programs on the machine do not enter.
inline double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// The shortest time of work() so far. To read the clock takes a part of a microsecond: short work
/// is timed several times over at once.
template <class Work>
class Stopwatch {
 public:
  explicit Stopwatch(Work work) : work_(work) {}

  void run() {
    constexpr double kLong = 1e-4;  // beside which the clock does not matter, in seconds
    for (;;) {
      const double begin = processor_seconds();
      for (int i = 0; i < repetitions_; ++i) work_();
      const double time = processor_seconds() - begin;
      total_ += time;
      if (time >= kLong) {
        best_ = std::min(best_, time / repetitions_);
        return;
      }
      repetitions_ *= 2;
    }
  }
  [[nodiscard]] double best() const { return best_; }
  [[nodiscard]] double total() const { return total_; }

 private:
  Work work_;
  int repetitions_ = 1;
  double best_ = 1e300, total_ = 0;
};

struct Times {
  double work, plain;
};

/// The shortest times of both, of at least half a second of each. They take turns, so that a
/// machine that is slower for a while is so for both.
template <class Work, class Plain>
Times shortest(Work work, Plain plain) {
  Stopwatch first(work);
  Stopwatch second(plain);
  for (int k = 0; k < 5 || first.total() < 0.5 || second.total() < 0.5; ++k) {
    first.run();
    second.run();
  }
  return {first.best(), second.best()};
}

}  // namespace ravine::problems
