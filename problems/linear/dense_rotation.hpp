// A uniformly random orthogonal matrix, formed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "problems/linear/rotation.hpp"

namespace ravine::problems {

/// Q of the Haar measure: the orthogonal factor of a matrix of standard normal numbers, columns
/// turned so that the triangular factor's diagonal is positive (Mezzadri, How to generate random
/// matrices from the classical compact groups, Notices of the AMS 54, 2007, 592-604). The
/// factorization's bits are those of the linear algebra that the program was built with.
class DenseRotation final : public Rotation {
 public:
  /// 1 <= n <= kDenseRotationLimit.
  DenseRotation(std::uint64_t n, std::uint64_t key);
  /// Any orthogonal matrix, n x n, row-major.
  explicit DenseRotation(std::vector<double> rows);

  void apply(std::span<double> x) override;
  void apply_transposed(std::span<double> x) override;

 private:
  void multiply(const std::vector<double>& rows, std::span<double> x);

  std::vector<double> rows_;     ///< Q, n x n, row-major
  std::vector<double> columns_;  ///< Q', so that both products read along memory
  std::vector<double> result_;   ///< scratch
};

}  // namespace ravine::problems
