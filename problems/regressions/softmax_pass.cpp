#include "problems/regressions/softmax_pass.hpp"

#include <algorithm>
#include <cmath>

#include "problems/linear/fixed_blocking.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;

constexpr Index kChunk = 128;

}  // namespace

SoftmaxPass::SoftmaxPass(std::uint64_t columns, std::uint64_t classes)
    : columns_(static_cast<Index>(columns)), classes_(static_cast<Index>(classes)) {
  fix_eigen_blocking();
}

void SoftmaxPass::begin(std::span<const double> w, std::uint64_t count) {
  w_ = w;
  sums_.setZero(columns_, classes_);
  z_.resize(kChunk, classes_);
  along_.resize(kChunk, classes_);
  count_ = static_cast<double>(count);
  sum_ = {};
}

template <class Use>
void SoftmaxPass::for_chunks(const Selection& selection, Use use) {
  const LabelledRows& rows = selection.rows;
  const bool gathered = !rows.sparse() && !selection.all;
  if (gathered) x_.resize(kChunk, columns_);
  const auto count = static_cast<Index>(selection.count());
  for (Index begin = 0; begin < count; begin += kChunk) {
    Chunk chunk{static_cast<std::uint64_t>(begin), std::min(kChunk, count - begin), nullptr};
    for (Index r = 0; r < chunk.size && gathered; ++r) {
      const std::uint64_t sample = selection[chunk.first + static_cast<std::uint64_t>(r)];
      std::copy_n(&rows.values[sample * rows.columns], rows.columns, x_.row(r).data());
    }
    if (!rows.sparse())
      chunk.features = gathered ? x_.data() : &rows.values[chunk.first * rows.columns];
    use(chunk);
  }
}

void SoftmaxPass::scores(const Selection& selection, const Chunk& chunk, const double* w,
                         Matrix& to) {
  const LabelledRows& rows = selection.rows;
  const Given weights(w, columns_, classes_);
  if (!rows.sparse()) {
    to.topRows(chunk.size).noalias() = Given(chunk.features, chunk.size, columns_) * weights;
    return;
  }
  for (Index r = 0; r < chunk.size; ++r) {
    const std::uint64_t sample = selection[chunk.first + static_cast<std::uint64_t>(r)];
    to.row(r).setZero();
    for (std::uint64_t k = rows.starts[sample]; k < rows.starts[sample + 1]; ++k)
      to.row(r) += rows.values[k] * weights.row(rows.indices[k]);
  }
}

void SoftmaxPass::collect(const Selection& selection, const Chunk& chunk, const Matrix& from) {
  const LabelledRows& rows = selection.rows;
  if (!rows.sparse()) {
    sums_.noalias() +=
        Given(chunk.features, chunk.size, columns_).transpose() * from.topRows(chunk.size);
    return;
  }
  for (Index r = 0; r < chunk.size; ++r) {
    const std::uint64_t sample = selection[chunk.first + static_cast<std::uint64_t>(r)];
    for (std::uint64_t k = rows.starts[sample]; k < rows.starts[sample + 1]; ++k)
      sums_.row(rows.indices[k]) += rows.values[k] * from.row(r);
  }
}

// With the largest score taken off, exp does not overflow and one term is 1.
double SoftmaxPass::normalize(Index r, Index label) {
  double* z = z_.row(r).data();
  double largest = z[0];
  for (Index k = 1; k < classes_; ++k) largest = std::max(largest, z[k]);
  const double of_label = z[label] - largest;
  double total = 0;
  for (Index k = 0; k < classes_; ++k) {
    z[k] = std::exp(z[k] - largest);
    total += z[k];
  }
  for (Index k = 0; k < classes_; ++k) z[k] /= total;
  return std::log(total) - of_label;
}

void SoftmaxPass::add(const Selection& selection, bool gradient) {
  for_chunks(selection, [&](const Chunk& chunk) {
    scores(selection, chunk, w_.data(), z_);
    for (Index r = 0; r < chunk.size; ++r) {
      const std::uint64_t sample = selection[chunk.first + static_cast<std::uint64_t>(r)];
      const auto label = static_cast<Index>(selection.rows.labels[sample]);
      sum_.add(normalize(r, label));
      z_(r, label) -= 1;
    }
    if (!gradient) return;
    z_.topRows(chunk.size) /= count_;
    collect(selection, chunk, z_);
  });
}

// d/dt of the probabilities: p_k (u_k - sum_l p_l u_l), u = V'x.
void SoftmaxPass::add_product(const Selection& selection, std::span<const double> v) {
  for_chunks(selection, [&](const Chunk& chunk) {
    scores(selection, chunk, w_.data(), z_);
    scores(selection, chunk, v.data(), along_);
    for (Index r = 0; r < chunk.size; ++r) {
      normalize(r, 0);
      double mean = 0;
      for (Index k = 0; k < classes_; ++k) mean += z_(r, k) * along_(r, k);
      for (Index k = 0; k < classes_; ++k) along_(r, k) = z_(r, k) * (along_(r, k) - mean) / count_;
    }
    collect(selection, chunk, along_);
  });
}

double SoftmaxPass::value(double l2) const {
  const double mean = sum_.value() / count_;
  return l2 == 0 ? mean : mean + 0.5 * l2 * dot(w_, w_);
}

void SoftmaxPass::write(double l2, const double* direction, double* out) const {
  for (Index i = 0; i < sums_.size(); ++i) out[i] = sums_.data()[i] + l2 * direction[i];
}

}  // namespace ravine::problems
