#include "problems/matrices/linear_chain.hpp"

#include <algorithm>
#include <utility>

#include "problems/facts.hpp"
#include "problems/linear/fixed_blocking.hpp"

namespace ravine::problems {

using Eigen::Index;

namespace {

Eigen::Map<const Eigen::VectorXd> vector_at(const double* data, Index n) { return {data, n}; }

}  // namespace

LinearChain::LinearChain(Facts facts, std::vector<Factor> factors, ChainData data)
    : facts_(std::move(facts)),
      factors_(std::move(factors)),
      full_(std::move(data)),
      v_(static_cast<Index>(facts_.n)),
      g_(static_cast<Index>(facts_.n)) {
  fix_eigen_blocking();
  for (Matrices* matrices : {&above_, &behind_, &above_v_, &behind_v_})
    for (const Factor& f : factors_) matrices->emplace_back(f.out, full_.y.cols());
}

Eigen::Map<const RowMajor> LinearChain::factor(std::size_t l, const Vector& theta) const {
  return {theta.data() + factors_[l].offset, factors_[l].out, factors_[l].in};
}

Eigen::Map<RowMajor> LinearChain::factor(std::size_t l, Vector& theta) const {
  return {theta.data() + factors_[l].offset, factors_[l].out, factors_[l].in};
}

template <class A>
void LinearChain::times_below(std::size_t l, const A& a, RowMajor& out) const {
  if (l > 0)
    out.noalias() = a * above_[l - 1];
  else if (data_->x.size() > 0)
    out.noalias() = a * data_->x;
  else
    out = a;
}

template <class A>
void LinearChain::times_below_transposed(std::size_t l, const A& a,
                                         Eigen::Map<RowMajor> out) const {
  if (l > 0)
    out.noalias() = a * above_[l - 1].transpose();
  else if (data_->x.size() > 0)
    out.noalias() = a * data_->x.transpose();
  else
    out = a;
}

// above_ and r_ at theta_.
void LinearChain::forward() {
  for (std::size_t l = 0; l < factors_.size(); ++l)
    times_below(l, factor(l, std::as_const(theta_)), above_[l]);
  r_ = above_.back() - data_->y;
}

// behind_ and g_ := J' u, where behind_.back() is u; after forward().
void LinearChain::backward() {
  for (std::size_t l = factors_.size(); l-- > 0;) {
    times_below_transposed(l, behind_[l], factor(l, g_));
    if (l > 0) behind_[l - 1].noalias() = factor(l, std::as_const(theta_)).transpose() * behind_[l];
  }
}

// above_v_, whose last is J v; after forward().
void LinearChain::forward_along() {
  for (std::size_t l = 0; l < factors_.size(); ++l) {
    times_below(l, factor(l, std::as_const(v_)), above_v_[l]);
    if (l > 0) above_v_[l].noalias() += factor(l, std::as_const(theta_)) * above_v_[l - 1];
  }
}

// g_ := H v; after backward() and forward_along().
void LinearChain::backward_along() {
  behind_v_.back() = data_->weight * above_v_.back();
  for (std::size_t l = factors_.size(); l-- > 0;) {
    times_below_transposed(l, behind_v_[l], factor(l, g_));
    if (l == 0) break;
    factor(l, g_).noalias() += behind_[l] * above_v_[l - 1].transpose();
    behind_v_[l - 1].noalias() = factor(l, std::as_const(theta_)).transpose() * behind_v_[l];
    behind_v_[l - 1].noalias() += factor(l, std::as_const(v_)).transpose() * behind_[l];
  }
}

const ChainData& LinearChain::data_of(const Objective&) { return full_; }

const RowMajor& LinearChain::residual_at(std::span<const double> x, const ChainData& data) {
  data_ = &data;
  theta_ = vector_at(x.data(), v_.size());
  forward();
  return r_;
}

double LinearChain::value_at(std::span<const double> x, const ChainData& data) {
  return 0.5 * data.weight * residual_at(x, data).squaredNorm() + data.constant;
}

Answer LinearChain::evaluate(const Objective& objective, std::span<const double> x, double* value,
                             double* gradient) {
  if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
  const ChainData& data = data_of(objective);
  behind_.back() = data.weight * residual_at(x, data);
  if (gradient != nullptr) {
    backward();
    std::copy_n(g_.data(), g_.size(), gradient);
  }
  if (value != nullptr) *value = 0.5 * data.weight * r_.squaredNorm() + data.constant;
  return Answer::ok;
}

Answer LinearChain::hessian_vectors(const Objective& objective, std::span<const double> x,
                                    const double* v, std::uint64_t count, double* hv) {
  if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
  const ChainData& data = data_of(objective);
  behind_.back() = data.weight * residual_at(x, data);
  backward();
  for (std::uint64_t k = 0; k < count; ++k) {
    v_ = vector_at(v + k * facts_.n, v_.size());
    forward_along();
    backward_along();
    std::copy_n(g_.data(), g_.size(), hv + k * facts_.n);
  }
  return Answer::ok;
}

Answer LinearChain::hessian(const Objective& objective, std::span<const double> x, double* h) {
  if (!facts_.offers_hessian) return Answer::not_supported;
  const auto n = static_cast<Index>(facts_.n);
  const RowMajor unit = RowMajor::Identity(n, n);
  const Answer answer = hessian_vectors(objective, x, unit.data(), facts_.n, h);
  if (answer != Answer::ok) return answer;
  // Rows agree with columns but for the order of their roundings.
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < i; ++j) h[j * n + i] = h[i * n + j];
  return Answer::ok;
}

std::uint64_t LinearChain::count() const { return static_cast<std::uint64_t>(full_.y.size()); }

Answer LinearChain::residuals(std::span<const double> x, double* r) {
  std::copy_n(residual_at(x, full_).data(), full_.y.size(), r);
  return Answer::ok;
}

Answer LinearChain::jacobian_vector(std::span<const double> x, const double* v, double* jv) {
  residual_at(x, full_);
  v_ = vector_at(v, v_.size());
  forward_along();
  std::copy_n(above_v_.back().data(), full_.y.size(), jv);
  return Answer::ok;
}

Answer LinearChain::vector_jacobian(std::span<const double> x, const double* u, double* uj) {
  residual_at(x, full_);
  behind_.back() = Eigen::Map<const RowMajor>(u, full_.y.rows(), full_.y.cols());
  backward();
  std::copy_n(g_.data(), g_.size(), uj);
  return Answer::ok;
}

// With S = W_L ... W_{l+1} and A = W_{l-1} ... W_1 X: d r_ac / d (W_l)_ij = S_ai A_jc.
Answer LinearChain::jacobian(std::span<const double> x, double* j) {
  residual_at(x, full_);
  const Index n = v_.size(), rows = full_.y.rows(), columns = full_.y.cols();
  RowMajor s = RowMajor::Identity(rows, rows);
  for (std::size_t l = factors_.size(); l-- > 0;) {
    const Factor& f = factors_[l];
    const RowMajor identity = RowMajor::Identity(f.in, f.in);
    RowMajor below(f.in, columns);
    times_below(l, identity, below);
    for (Index a = 0; a < rows; ++a)
      for (Index c = 0; c < columns; ++c)
        for (Index i = 0; i < f.out; ++i)
          for (Index k = 0; k < f.in; ++k)
            j[(a * columns + c) * n + f.offset + i * f.in + k] = s(a, i) * below(k, c);
    if (l > 0) s = (s * factor(l, std::as_const(theta_))).eval();
  }
  return Answer::ok;
}

}  // namespace ravine::problems
