// One pass of softmax regression over samples.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

#include "problems/regressions/passes.hpp"

namespace ravine::problems {

/// 1/count sum (log sum_k exp(z_k) - z_y) + l2/2 |W|^2 with z = W'x, its gradient, and products
/// with its Hessian. W is p x K, row-major, so that an entry of a sparse row meets its K weights
/// side by side.
class SoftmaxPass {
 public:
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  explicit SoftmaxPass(std::uint64_t columns, std::uint64_t classes);

  /// W (p K doubles, which stay where they are until the value is asked for) for what follows, and
  /// the number of samples that will be added.
  void begin(std::span<const double> w, std::uint64_t count);
  /// Adds value and, if wanted, gradient.
  void add(const Selection& selection, bool gradient);
  /// Adds the product with the Hessian of samples, of v (p K doubles).
  void add_product(const Selection& selection, std::span<const double> v);

  [[nodiscard]] double value(double l2) const;
  /// out := sums + l2 * direction, all p K doubles.
  void write(double l2, const double* direction, double* out) const;

 private:
  using Given = Eigen::Map<const Matrix>;

  /// Samples whose scores are kept at once.
  struct Chunk {
    std::uint64_t first;
    Eigen::Index size;
    const double* features;  ///< size x p, where they are dense
  };

  /// Calls use(chunk) for all samples. Only those of a batch are gathered in x_: all of them lie
  /// one behind the other as they are.
  template <class Use>
  void for_chunks(const Selection& selection, Use use);
  /// to (size x K) := X W, for the chunk; `w` is p K doubles.
  void scores(const Selection& selection, const Chunk& chunk, const double* w, Matrix& to);
  /// sums_ += X' from.
  void collect(const Selection& selection, const Chunk& chunk, const Matrix& from);
  /// probabilities_ of row r := softmax of z_; returns the row's loss.
  double normalize(Eigen::Index r, Eigen::Index label);

  Eigen::Index columns_, classes_;
  double count_ = 1;
  std::span<const double> w_;
  Matrix sums_, x_, z_, along_;
  CompensatedSum sum_;
};

}  // namespace ravine::problems
