// A dense Hessian from its products with the axes.
#pragma once

#include <algorithm>
#include <cstddef>

namespace ravine::problems {

/// h := H, n x n, where multiply(row) turns row, n doubles that hold an axis, into H row.
/// Rounding leaves the two triangles apart in the last bits: both become their mean.
template <class Multiply>
void dense_by_products(std::size_t n, double* h, Multiply multiply) {
  std::fill_n(h, n * n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    h[j * n + j] = 1;
    multiply(h + j * n);
  }
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = 0; i < j; ++i)
      h[j * n + i] = h[i * n + j] = 0.5 * (h[j * n + i] + h[i * n + j]);
}

}  // namespace ravine::problems
