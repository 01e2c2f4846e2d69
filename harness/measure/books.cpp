#include "harness/measure/books.hpp"

#include <algorithm>
#include <vector>

namespace ravine::harness {

double clock_cost_seconds() {
  // A single reading is below the clock's resolution, so batches of them are timed.
  constexpr int kBatches = 101;
  constexpr int kReadings = 100;
  std::vector<std::int64_t> batches;
  for (int i = 0; i < kBatches; ++i) {
    const std::int64_t begin = now_ns();
    std::int64_t last = begin;
    for (int k = 0; k < kReadings; ++k) last = now_ns();
    batches.push_back(last - begin);
  }
  std::nth_element(batches.begin(), batches.begin() + kBatches / 2, batches.end());
  return static_cast<double>(batches[kBatches / 2]) * 1e-9 / kReadings;
}

}  // namespace ravine::harness
