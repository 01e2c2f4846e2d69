#include "problems/regressions/passes.hpp"

#include <Eigen/Core>
#include <algorithm>

#include "problems/linear/fixed_blocking.hpp"

namespace ravine::problems {
namespace {

/// Calls four(x, y) for every four rows of a dense selection, and one(x, y) for each that is left.
template <class Four, class One>
void for_blocks(const Selection& selection, Four four, One one) {
  const LabelledRows& rows = selection.rows;
  const std::uint64_t count = selection.count();
  RowBlock x{};
  Coefficients y{};
  std::uint64_t i = 0;
  const auto take = [&](std::size_t k) {
    const std::uint64_t sample = selection[i + k];
    x[k] = &rows.values[sample * rows.columns];
    y[k] = rows.labels[sample];
  };
  for (; i + kBlock <= count; i += kBlock) {
    for (std::size_t k = 0; k < kBlock; ++k) take(k);
    four(x, y);
  }
  for (; i < count; ++i) {
    take(0);
    one(x, y);
  }
}

struct SparseRow {
  const double* values;
  const std::uint32_t* indices;
  std::size_t count;

  SparseRow(const LabelledRows& rows, std::uint64_t sample)
      : values(rows.values.data() + rows.starts[sample]),
        indices(rows.indices.data() + rows.starts[sample]),
        count(rows.starts[sample + 1] - rows.starts[sample]) {}
};

}  // namespace

LossPass::LossPass(Loss loss, std::span<const double> w, double l2, std::uint64_t count,
                   double* gradient)
    : loss_(loss), w_(w), l2_(l2), count_(static_cast<double>(count)), gradient_(gradient) {}

template <std::size_t size>
void LossPass::add_block(const RowBlock& x, const Coefficients& y) {
  Coefficients z{};
  if constexpr (size == kBlock)
    z = dots(x, w_.data(), w_.size());
  else
    z[0] = dot({x[0], w_.size()}, w_);
  for (std::size_t k = 0; k < size; ++k) {
    const LossAt at = loss_at(loss_, z[k], y[k]);
    sum_.add(at.value);
    z[k] = at.slope / count_;
  }
  if (gradient_ == nullptr) return;
  combine<size>(started_ ? 1 : l2_, started_ ? gradient_ : w_.data(), z, x, w_.size(), gradient_);
  started_ = true;
}

void LossPass::add_sparse(const LabelledRows& rows, std::uint64_t sample) {
  const SparseRow row(rows, sample);
  const double z = sparse_dot(row.values, row.indices, row.count, w_.data());
  const LossAt at = loss_at(loss_, z, rows.labels[sample]);
  sum_.add(at.value);
  if (gradient_ != nullptr)
    sparse_add(at.slope / count_, row.values, row.indices, row.count, gradient_);
}

void LossPass::add(const Selection& selection) {
  if (!selection.rows.sparse()) {
    for_blocks(
        selection, [this](const auto& x, const auto& y) { add_block<kBlock>(x, y); },
        [this](const auto& x, const auto& y) { add_block<1>(x, y); });
    return;
  }
  if (gradient_ != nullptr && !started_) {
    for (std::size_t j = 0; j < w_.size(); ++j) gradient_[j] = l2_ * w_[j];
    started_ = true;
  }
  for (std::uint64_t i = 0; i < selection.count(); ++i) add_sparse(selection.rows, selection[i]);
}

double LossPass::value() const {
  const double mean = sum_.value() / count_;
  return l2_ == 0 ? mean : mean + 0.5 * l2_ * dot(w_, w_);
}

CurvaturePass::CurvaturePass(Loss loss, std::span<const double> w, const double* v, double l2,
                             std::uint64_t count, double* hv)
    : loss_(loss), w_(w), v_(v), count_(static_cast<double>(count)), hv_(hv) {
  for (std::size_t j = 0; j < w.size(); ++j) hv[j] = l2 * v[j];
}

void CurvaturePass::add(const Selection& selection) {
  const LabelledRows& rows = selection.rows;
  const std::size_t p = w_.size();
  const bool constant = loss_ == Loss::squared;  // whatever w is
  if (rows.sparse()) {
    for (std::uint64_t i = 0; i < selection.count(); ++i) {
      const SparseRow row(rows, selection[i]);
      const double z = constant ? 0 : sparse_dot(row.values, row.indices, row.count, w_.data());
      const double along = sparse_dot(row.values, row.indices, row.count, v_);
      sparse_add(coefficient(z, rows.labels[selection[i]], along), row.values, row.indices,
                 row.count, hv_);
    }
    return;
  }
  for_blocks(
      selection,
      [&](const RowBlock& x, const Coefficients& y) {
        const Coefficients z = constant ? Coefficients{} : dots(x, w_.data(), p);
        Coefficients along = dots(x, v_, p);
        for (std::size_t k = 0; k < kBlock; ++k) along[k] = coefficient(z[k], y[k], along[k]);
        combine<kBlock>(1, hv_, along, x, p, hv_);
      },
      [&](const RowBlock& x, const Coefficients& y) {
        const double z = constant ? 0 : dot({x[0], p}, w_);
        const Coefficients along{coefficient(z, y[0], dot({x[0], p}, {v_, p}))};
        combine<1>(1, hv_, along, x, p, hv_);
      });
}

void hessian_of(Loss loss, std::span<const double> w, double l2, const Selection& selection,
                double* h) {
  using Eigen::Index;
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  constexpr std::uint64_t kChunk = 256;
  fix_eigen_blocking();
  const LabelledRows& rows = selection.rows;
  const auto n = static_cast<Index>(w.size());
  const auto count = static_cast<double>(selection.count());
  Eigen::MatrixXd lower = Eigen::MatrixXd::Zero(n, n);
  lower.diagonal().setConstant(l2);
  RowMajor scaled(static_cast<Index>(kChunk), n);  // sqrt(phi'' / count) x
  for (std::uint64_t begin = 0; begin < selection.count(); begin += kChunk) {
    const std::uint64_t size = std::min(kChunk, selection.count() - begin);
    scaled.setZero();
    for (std::uint64_t i = 0; i < size; ++i) {
      const std::uint64_t sample = selection[begin + i];
      double* to = scaled.row(static_cast<Index>(i)).data();
      if (rows.sparse()) {
        const SparseRow row(rows, sample);
        for (std::size_t k = 0; k < row.count; ++k) to[row.indices[k]] = row.values[k];
      } else {
        std::copy_n(&rows.values[sample * rows.columns], n, to);
      }
      const double z = loss == Loss::squared ? 0 : dot({to, w.size()}, w);
      const double factor = std::sqrt(loss_at(loss, z, rows.labels[sample]).curvature / count);
      for (Index j = 0; j < n; ++j) to[j] *= factor;
    }
    lower.selfadjointView<Eigen::Lower>().rankUpdate(scaled.transpose());
  }
  Eigen::Map<Eigen::MatrixXd>(h, n, n) = lower.selfadjointView<Eigen::Lower>();
}

}  // namespace ravine::problems
