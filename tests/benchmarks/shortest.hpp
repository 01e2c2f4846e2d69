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

/// The shortest of the times of work(), of at least five and half a second.
template <class Work>
double shortest(Work work) {
  double best = 1e300;
  double total = 0;
  for (int k = 0; k < 5 || total < 0.5; ++k) {
    const double begin = processor_seconds();
    work();
    const double time = processor_seconds() - begin;
    best = std::min(best, time);
    total += time;
  }
  return best;
}

}  // namespace ravine::problems
