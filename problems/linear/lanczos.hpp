// Extreme eigenvalues of a symmetric matrix that is known by its products with vectors only.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace ravine::problems {

struct Extremes {
  double smallest = 0, largest = 0;
  std::uint64_t products = 0;  ///< how many were asked for
};

/// The extreme Ritz values of at most `steps` Lanczos steps from a fixed random vector, every
/// vector orthogonalized against all before it (memory: steps + 2 vectors). They lie within the
/// spectrum; exact after n steps, or as many as there are distinct eigenvalues. `multiply(v, hv)`
/// sets hv = H v and answers false where it cannot: then both are NaN. Golub and Van Loan, Matrix
/// Computations, 4th edition, 2013, section 10.1.
Extremes lanczos(
    std::uint64_t n, std::uint64_t steps,
    const std::function<bool(std::span<const double> v, std::span<double> hv)>& multiply);

}  // namespace ravine::problems
