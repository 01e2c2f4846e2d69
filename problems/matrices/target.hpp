// Matrices with prescribed singular values between uniformly random orthonormal bases.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "problems/family.hpp"

namespace ravine::problems {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A matrix of size rows x columns whose columns are orthonormal, uniformly distributed; columns <=
/// rows. Entry (i, j) of the Gaussian matrix behind it is normal number i * columns + j of the
/// stream (key, purpose).
RowMajor orthonormal_columns(Eigen::Index rows, Eigen::Index columns, std::uint64_t key,
                             std::string_view purpose);

/// left diag(sigma) right', sigma descending and as many as min(rows, columns).
struct Target {
  RowMajor left;   ///< rows x count
  RowMajor right;  ///< columns x count
  std::vector<double> sigma;

  [[nodiscard]] RowMajor matrix() const;
  /// 1/2 sum of sigma_i^2 over i > rank: the least 1/2 |A - matrix()|^2 of an A of that rank
  /// (Eckart and Young, Psychometrika 1, 1936, 211-218).
  [[nodiscard]] double tail(Eigen::Index rank) const;
};

/// true_rank, kappa and tail, which draw_target reads.
std::vector<ParameterSpec> target_parameters(const std::string& true_rank);

/// sigma_i = kappa^(-(i-1)/(t-1)) for i <= t = true_rank, from 1 to 1/kappa (1 alone for t = 1),
/// and behind them tail sigma_t (k-i+1)/(k-t), k = min(rows, columns): from tail sigma_t in a
/// straight line towards 0. Throws ProblemError when t > k.
Target draw_target(const Family& family, const Parameters& parameters, Eigen::Index rows,
                   Eigen::Index columns, std::uint64_t key);

}  // namespace ravine::problems
