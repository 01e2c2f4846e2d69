#include "problems/linear/dense_rotation.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/linear/reduce.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

std::vector<double> haar(std::uint64_t n, std::uint64_t key) {
  using Eigen::Index;
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Stream stream(key, "dense rotation");
  const auto size = static_cast<Index>(n);
  Matrix z(size, size);
  for (std::uint64_t k = 0; k < n * n; ++k) z.data()[k] = stream.normal(k);
  const Eigen::HouseholderQR<Matrix> qr(z);
  std::vector<double> rows(n * n);
  Eigen::Map<Matrix> q(rows.data(), size, size);
  q = qr.householderQ();
  for (Index j = 0; j < size; ++j)
    if (std::signbit(qr.matrixQR()(j, j))) q.col(j) = -q.col(j);
  return rows;
}

}  // namespace

DenseRotation::DenseRotation(std::uint64_t n, std::uint64_t key) : DenseRotation(haar(n, key)) {}

DenseRotation::DenseRotation(std::vector<double> rows) : rows_(std::move(rows)) {
  const auto n =
      static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(rows_.size()))));
  columns_.resize(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) columns_[j * n + i] = rows_[i * n + j];
}

void DenseRotation::multiply(const std::vector<double>& rows, std::span<double> x) {
  const std::size_t n = x.size();
  result_.resize(n);
  for (std::size_t i = 0; i < n; ++i) result_[i] = dot({&rows[i * n], n}, x);
  std::ranges::copy(result_, x.begin());
}

void DenseRotation::apply(std::span<double> x) { multiply(rows_, x); }
void DenseRotation::apply_transposed(std::span<double> x) { multiply(columns_, x); }

}  // namespace ravine::problems
