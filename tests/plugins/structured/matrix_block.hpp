// Objectives over one matrix, for optimizers that know blocks.
#pragma once

#include <Eigen/SVD>
#include <cstdint>

#include "tests/plugins/host.hpp"

namespace ravine::test {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// f = scale <G, X>, whose gradient is scale G everywhere, from 0; X is one block.
inline Objective linear(const Matrix& G, double scale = 1,
                        std::int32_t role = RAVINE_BLOCK_MATRIX) {
  const auto n = static_cast<std::size_t>(G.size());
  const auto f = [G, scale, n](std::span<const double> x, std::span<double> g) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += scale * G.data()[i] * x[i];
    for (std::size_t i = 0; i < g.size(); ++i) g[i] = scale * G.data()[i];
    return sum;
  };
  const auto rows = static_cast<std::uint64_t>(G.rows()),
             cols = static_cast<std::uint64_t>(G.cols());
  return {std::vector<double>(n), f, {}, {{"w", {rows, cols}, role}}, {}};
}

/// Fixed entries in (-1, 1) without any structure.
inline Matrix some_matrix(Eigen::Index rows, Eigen::Index cols) {
  Matrix G(rows, cols);
  for (Eigen::Index i = 0; i < G.size(); ++i)
    G.data()[i] = std::sin(1.7 * static_cast<double>(i * i) + 0.3);
  return G;
}

/// x as a matrix of G's shape.
inline Matrix shaped(const std::vector<double>& x, const Matrix& G) {
  return Eigen::Map<const Matrix>(x.data(), G.rows(), G.cols());
}

/// U V' of G = U S V': the orthogonal factor of its polar decomposition.
inline Matrix polar_factor(const Matrix& G) {
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(G, Eigen::ComputeThinU | Eigen::ComputeThinV);
  return svd.matrixU() * svd.matrixV().transpose();
}

}  // namespace ravine::test
