// Vectors of a caller's as a net wants them: aligned, so that what Eigen adds packet by packet has
// the same order wherever they lie.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace ravine::problems::nets {

/// A caller's vector as the net wants it: as it is where it is aligned, else a copy. The bits do
/// not depend on which.
class AlignedVector {
 public:
  const double* of(const double* data, std::size_t n) {
    if (reinterpret_cast<std::uintptr_t>(data) % EIGEN_MAX_ALIGN_BYTES == 0) return data;
    copy_ = Eigen::Map<const Eigen::VectorXd>(data, static_cast<Index>(n));
    return copy_.data();
  }

 private:
  Eigen::VectorXd copy_;
};

/// The same for a vector of sums, which begin at 0.
class AlignedSums {
 public:
  double* begin(double* out, std::size_t n) {
    out_ = out;
    n_ = n;
    const bool aligned = reinterpret_cast<std::uintptr_t>(out) % EIGEN_MAX_ALIGN_BYTES == 0;
    if (!aligned) own_.resize(static_cast<Index>(n));
    sums_ = aligned ? out : own_.data();
    std::fill_n(sums_, n, 0.0);
    return sums_;
  }
  [[nodiscard]] double* sums() const { return sums_; }
  void finish() const {
    if (sums_ != out_) std::copy_n(sums_, n_, out_);
  }

 private:
  double* out_ = nullptr;
  double* sums_ = nullptr;
  std::size_t n_ = 0;
  Eigen::VectorXd own_;
};

}  // namespace ravine::problems::nets
