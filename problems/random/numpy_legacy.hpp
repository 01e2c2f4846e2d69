// NumPy's RandomState as it was and stays: data sets that other benchmarks define by its seeds.
#pragma once

#include <cstdint>
#include <random>

namespace ravine::problems {

/// numpy.random.RandomState(seed): Mersenne twister, 53-bit uniform numbers, normal numbers by the
/// polar method of Marsaglia. The uniform numbers have NumPy's bits on every machine, the normal
/// ones wherever the C library's logarithm does.
class NumpyRandomState {
 public:
  explicit NumpyRandomState(std::uint32_t seed) : engine_(seed) {}

  /// [0, 1)
  double uniform();
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  double normal();

 private:
  std::mt19937 engine_;
  double kept_ = 0;  // the second normal number of a pair
  bool has_kept_ = false;
};

}  // namespace ravine::problems
