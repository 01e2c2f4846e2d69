#include "problems/nets/losses/softmax.hpp"

#include <algorithm>
#include <cmath>

namespace ravine::problems::nets {
namespace {

// p := softmax(z / t) of one sample; returns log sum exp(z / t) - max(z / t). The largest is taken
// out first, so that no exponential overflows.
double softmax_of(const double* z, Index classes, double t, double* p) {
  const double largest = *std::max_element(z, z + classes);
  double sum = 0;
  for (Index k = 0; k < classes; ++k) {
    p[k] = std::exp((z[k] - largest) / t);
    sum += p[k];
  }
  for (Index k = 0; k < classes; ++k) p[k] /= sum;
  return std::log(sum);
}

// A NaN is never correct; of equals the first is taken.
bool is_first_largest(const double* p, Index classes, Index label) {
  for (Index k = 0; k < classes; ++k) {
    const bool beaten = k < label ? p[label] > p[k] : p[label] >= p[k];
    if (!beaten) return false;
  }
  return true;
}

Index label_of(const Batch& batch, Index sample) {
  return static_cast<Index>(batch.labels[static_cast<std::size_t>(sample)]);
}

class Softmax final : public Loss {
 public:
  explicit Softmax(Index classes) : classes_(classes) {}

  void values(const In& z, const Batch& batch, Eigen::VectorXd& losses) override {
    if (p_.cols() < z.cols()) p_.resize(classes_, z.cols());
    for (Index j = 0; j < z.cols(); ++j) {
      const double* column = z.col(j).data();
      const double rest = softmax_of(column, classes_, 1, p_.col(j).data());
      const double largest = *std::max_element(column, column + classes_);
      losses[j] = rest - (column[label_of(batch, j)] - largest);
    }
  }

  [[nodiscard]] std::uint64_t correct(const Batch& batch) const override {
    std::uint64_t count = 0;
    for (Index j = 0; j < batch.size; ++j)
      count += is_first_largest(p_.col(j).data(), classes_, label_of(batch, j)) ? 1U : 0U;
    return count;
  }

  void gradient(const In& z, const Batch& batch, Out dz) override {
    dz = p_.leftCols(z.cols());
    for (Index j = 0; j < z.cols(); ++j) dz(label_of(batch, j), j) -= 1;
  }

  void curvature(const In& z, const In& rz, Out out) override {
    for (Index j = 0; j < z.cols(); ++j) {
      const auto p = p_.col(j).array();
      const auto r = rz.col(j).array();
      const double mean = (p * r).sum();
      out.col(j) = p * (r - mean);
    }
  }

  void sampled_gradient(const In& z, const Stream& draws, std::uint64_t first, Out dz) override {
    dz = p_.leftCols(z.cols());
    const auto stride = static_cast<std::uint64_t>(classes_);
    for (Index j = 0; j < z.cols(); ++j) {
      double left = draws.uniform(first + static_cast<std::uint64_t>(j) * stride);
      Index label = 0;  // by inversion; rounding can leave a rest, which is the last class's
      while (label + 1 < classes_ && left >= p_(label, j)) left -= p_(label++, j);
      dz(label, j) -= 1;
    }
  }

 private:
  Index classes_;
  Matrix p_;
};

}  // namespace

std::unique_ptr<Loss> softmax_loss(Index classes) { return std::make_unique<Softmax>(classes); }

void softmax_columns(const In& z, double temperature, Out p) {
  for (Index j = 0; j < z.cols(); ++j)
    softmax_of(z.col(j).data(), z.rows(), temperature, p.col(j).data());
}

}  // namespace ravine::problems::nets
