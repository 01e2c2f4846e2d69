#include "problems/regressions/passes.hpp"

#include <Eigen/Core>
#include <algorithm>

#include "problems/linear/fixed_blocking.hpp"

namespace ravine::problems {
namespace {

/// Entries of a row up to which the next four rows are fetched beside these: eight are 256 KiB.
constexpr std::size_t kMostAhead = 4096;

/// Calls four(x, y, next) for every four rows of a dense selection, and one(x, y) for each that is
/// left. `next` are the four rows after these, or these again where fewer are left.
template <class Four, class One>
void for_blocks(const Selection& selection, Four four, One one) {
  const LabelledRows& rows = selection.rows;
  const std::uint64_t count = selection.count();
  RowBlock x{};
  Coefficients y{};
  const auto row = [&](std::uint64_t i) { return &rows.values[selection[i] * rows.columns]; };
  const auto label = [&](std::uint64_t i) { return rows.labels[selection[i]]; };
  std::uint64_t i = 0;
  for (; i + kBlock <= count; i += kBlock) {
    RowBlock next{};
    for (std::size_t k = 0; k < kBlock; ++k) {
      x[k] = row(i + k);
      y[k] = label(i + k);
      next[k] = i + 2 * kBlock <= count ? row(i + kBlock + k) : x[k];
    }
    four(x, y, next);
  }
  for (; i < count; ++i) {
    x[0] = row(i);
    y[0] = label(i);
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

// Memory is kept at work by the next rows: short ones are fetched, half of them in each of the two
// loops over these; the products of long ones are taken while these are added up.
template <std::size_t size, bool with_ahead>
void LossPass::add_block(const RowBlock& x, const Coefficients& y, const RowBlock& next) {
  const std::size_t p = w_.size();
  Coefficients z{};
  if constexpr (size == kBlock)
    z = margins_ ? *margins_ : dots<with_ahead>(x, w_.data(), p, {next[0], next[1]});
  else
    z[0] = dot({x[0], p}, w_);
  margins_.reset();
  for (std::size_t k = 0; k < size; ++k) {
    const LossAt at = loss_at(loss_, z[k], y[k]);
    sum_.add(at.value);
    z[k] = at.slope / count_;
  }
  if (gradient_ == nullptr) return;
  if (size == kBlock && !with_ahead && started_ && next != x)
    margins_ = combine_and_dots(z, x, next, w_.data(), p, gradient_);
  else
    combine<size, with_ahead>(started_ ? 1 : l2_, started_ ? gradient_ : w_.data(), z, x, p,
                              gradient_, {next[2], next[3]});
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
    const bool with_ahead = gradient_ != nullptr && w_.size() <= kMostAhead;
    for_blocks(
        selection,
        [&](const RowBlock& x, const Coefficients& y, const RowBlock& next) {
          if (with_ahead)
            add_block<kBlock, true>(x, y, next);
          else
            add_block<kBlock, false>(x, y, next);
        },
        [this](const RowBlock& x, const Coefficients& y) { add_block<1, false>(x, y, x); });
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
      [&](const RowBlock& x, const Coefficients& y, const RowBlock&) {
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
