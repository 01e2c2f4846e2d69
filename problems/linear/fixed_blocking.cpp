#include "problems/linear/fixed_blocking.hpp"

#include <Eigen/Core>

namespace ravine::problems {

void fix_eigen_blocking() {
  // Sizes that common x86-64 cores have or exceed: 32 KiB, 1 MiB, 8 MiB.
  static const bool done = [] {
    Eigen::setCpuCacheSizes(32 << 10, 1 << 20, 8 << 20);
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace ravine::problems
