// One pass over samples: value and gradient, or a product with the Hessian, of a mean loss.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>

#include "problems/data/labelled_rows.hpp"
#include "problems/regressions/loss.hpp"
#include "problems/regressions/rows.hpp"

namespace ravine::problems {

/// A sum whose error does not grow with the number of terms: Neumaier, ZAMM 54 (1974) 39-51.
class CompensatedSum {
 public:
  void add(double term) {
    const double next = sum_ + term;
    lost_ += std::abs(sum_) >= std::abs(term) ? (sum_ - next) + term : (term - next) + sum_;
    sum_ = next;
  }
  [[nodiscard]] double value() const { return std::isfinite(sum_) ? sum_ + lost_ : sum_; }

 private:
  double sum_ = 0, lost_ = 0;
};

/// All rows, or those of a batch.
struct Selection {
  const LabelledRows& rows;
  std::span<const std::uint64_t> samples{};
  bool all = true;

  [[nodiscard]] std::uint64_t count() const { return all ? rows.count : samples.size(); }
  [[nodiscard]] std::uint64_t operator[](std::uint64_t i) const { return all ? i : samples[i]; }
};

/// 1/count sum of phi(x_i'w, y_i) + l2/2 |w|^2 and its gradient. A dense row is read from memory
/// once where four of them fit into the cache, else twice; w is read and the gradient updated once
/// for every four rows.
class LossPass {
 public:
  /// `gradient` (as long as w, not overlapping it) may be null. `count`: how many samples will be
  /// added in all, at least 1.
  LossPass(Loss loss, std::span<const double> w, double l2, std::uint64_t count, double* gradient);

  void add(const Selection& selection);

  /// Once all samples are added.
  [[nodiscard]] double value() const;

 private:
  template <std::size_t size, bool with_ahead>
  void add_block(const RowBlock& x, const Coefficients& y, const RowBlock& next);
  void add_sparse(const LabelledRows& rows, std::uint64_t sample);

  Loss loss_;
  std::span<const double> w_;
  double l2_, count_;
  double* gradient_;
  bool started_ = false;                 ///< the gradient holds something
  std::optional<Coefficients> margins_;  ///< of the four rows that come next, where they are known
  CompensatedSum sum_;
};

/// 1/count sum of phi''(x_i'w, y_i) (x_i'v) x_i + l2 v.
class CurvaturePass {
 public:
  CurvaturePass(Loss loss, std::span<const double> w, const double* v, double l2,
                std::uint64_t count, double* hv);

  void add(const Selection& selection);

 private:
  [[nodiscard]] double coefficient(double margin, double label, double along) const {
    return loss_at(loss_, margin, label).curvature * along / count_;
  }

  Loss loss_;
  std::span<const double> w_;
  const double* v_;
  double count_;
  double* hv_;
};

/// H := 1/count sum of phi''(x_i'w, y_i) x_i x_i' + l2 I, n x n.
void hessian_of(Loss loss, std::span<const double> w, double l2, const Selection& selection,
                double* h);

}  // namespace ravine::problems
