// Matrix products with the same bits on machines with other caches.
#pragma once

namespace ravine::problems {

/// Eigen blocks its products by the cache sizes that it finds, which decides the order of their
/// sums. Call before the first product; every call but the first does nothing. Thread-safe.
void fix_eigen_blocking();

}  // namespace ravine::problems
