#include "problems/quadratics/form_residuals.hpp"

#include <algorithm>
#include <cmath>

#include "problems/facts.hpp"

namespace ravine::problems {

FormResiduals::FormResiduals(std::span<const double> d, std::span<const double> c, Rotation* q,
                             double f_star)
    : d_(d), c_(c), q_(q), last_(std::sqrt(2 * f_star)) {}

std::uint64_t FormResiduals::count() const { return d_.size() + (last_ > 0 ? 1 : 0); }

void FormResiduals::multiply(std::span<double> y) {
  if (q_ != nullptr) q_->apply_transposed(y);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] *= std::sqrt(d_[i]);
}

Answer FormResiduals::residuals(std::span<const double> x, double* r) {
  if (x.size() != d_.size()) return Answer::failed;
  for (std::size_t i = 0; i < x.size(); ++i) r[i] = x[i] - c_[i];
  multiply({r, x.size()});
  if (last_ > 0) r[x.size()] = last_;
  return Answer::ok;
}

Answer FormResiduals::jacobian_vector(std::span<const double> x, const double* v, double* jv) {
  if (x.size() != d_.size()) return Answer::failed;
  std::copy_n(v, x.size(), jv);
  multiply({jv, x.size()});
  if (last_ > 0) jv[x.size()] = 0;
  return Answer::ok;
}

Answer FormResiduals::vector_jacobian(std::span<const double> x, const double* u, double* uj) {
  if (x.size() != d_.size()) return Answer::failed;
  for (std::size_t i = 0; i < x.size(); ++i) uj[i] = std::sqrt(d_[i]) * u[i];
  if (q_ != nullptr) q_->apply({uj, x.size()});
  return Answer::ok;
}

// Row i is sqrt(lambda_i) q_i', and q_i = Q e_i.
Answer FormResiduals::jacobian(std::span<const double> x, double* j) {
  const std::size_t n = d_.size();
  if (n > kDenseHessianLimit) return Answer::not_supported;
  if (x.size() != n) return Answer::failed;
  std::fill_n(j, count() * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    j[i * n + i] = std::sqrt(d_[i]);
    if (q_ != nullptr) q_->apply({j + i * n, n});
  }
  return Answer::ok;
}

}  // namespace ravine::problems
