// How long a piece of work takes at its best.
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

/// The shortest of the times of work(), of at least half a second of them. To read the clock takes
/// a part of a microsecond: short work is timed several times over at once.
template <class Work>
double shortest(Work work) {
  constexpr double kLong = 1e-4;  // beside which the clock does not matter, in seconds
  double best = 1e300;
  double total = 0;
  int repetitions = 1;
  for (int k = 0; k < 5 || total < 0.5; ++k) {
    const double begin = processor_seconds();
    for (int i = 0; i < repetitions; ++i) work();
    const double time = processor_seconds() - begin;
    total += time;
    if (time < kLong)
      repetitions *= 2;
    else
      best = std::min(best, time / repetitions);
  }
  return best;
}

}  // namespace ravine::problems
