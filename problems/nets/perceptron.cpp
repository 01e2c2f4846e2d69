#include "problems/nets/perceptron.hpp"

#include <algorithm>
#include <cmath>

#include "problems/linear/fixed_blocking.hpp"
#include "problems/nets/layer_maps.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;

// z := softmax(z) for one sample of k classes; returns log sum exp(z) - z_label. The largest z is
// taken out first, so that no exponential overflows.
double softmax(double* z, Index k, std::uint8_t label) {
  const double largest = *std::max_element(z, z + k);
  const double own = z[label] - largest;
  double sum = 0;
  for (Index i = 0; i < k; ++i) {
    z[i] = std::exp(z[i] - largest);
    sum += z[i];
  }
  for (Index i = 0; i < k; ++i) z[i] /= sum;
  return std::log(sum) - own;
}

// A NaN is never correct.
bool is_first_largest(const double* p, Index k, std::uint8_t label) {
  for (Index i = 0; i < k; ++i) {
    const bool beaten = i < label ? p[label] > p[i] : p[label] >= p[i];
    if (!beaten) return false;
  }
  return true;
}

}  // namespace

Perceptron::Perceptron(const std::vector<Index>& widths, Activation activation, Index capacity)
    : activation_(activation) {
  fix_eigen_blocking();
  Index offset = 0;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    const Index in = widths[l];
    const Index out = widths[l + 1];
    layers_.push_back({in, out, offset, offset + in * out});
    offset += in * out + out;
    for (Matrices* matrices : {&h_, &delta_, &rz_, &rh_, &rdelta_})
      matrices->emplace_back(out, capacity);
  }
}

Index Perceptron::parameter_count() const { return layers_.back().b + layers_.back().out; }

Perceptron::Outcome Perceptron::forward(const Eigen::VectorXd& theta, const Chunk& chunk) {
  const Index m = chunk.size;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const Eigen::MatrixXd& below = l == 0 ? chunk.inputs : h_[l - 1];
    auto z = h_[l].leftCols(m);
    z.noalias() = weights(layers_[l], theta) * below.leftCols(m);
    z.colwise() += bias(layers_[l], theta);
    if (l + 1 == layers_.size()) break;
    double* entries = h_[l].data();
    const Index count = layers_[l].out * m;
    if (activation_ == Activation::tanh)
      std::transform(entries, entries + count, entries, [](double t) { return std::tanh(t); });
    else  // !(z <= 0) rather than z > 0: a NaN stays one
      std::transform(entries, entries + count, entries, [](double t) { return t <= 0 ? 0 : t; });
  }
  Outcome outcome;
  const Index classes = layers_.back().out;
  for (Index j = 0; j < m; ++j) {
    double* p = h_.back().col(j).data();
    const std::uint8_t label = chunk.labels[static_cast<std::size_t>(j)];
    outcome.loss += softmax(p, classes, label);
    outcome.correct += is_first_largest(p, classes, label) ? 1U : 0U;
  }
  return outcome;
}

void Perceptron::times_slope(Eigen::Ref<Eigen::MatrixXd> m,
                             const Eigen::Ref<const Eigen::MatrixXd>& h) const {
  if (activation_ == Activation::tanh)
    m.array() *= 1 - h.array().square();
  else
    m.array() *= (h.array() > 0).cast<double>();
}

void Perceptron::add_gradient(const Eigen::VectorXd& theta, const Chunk& chunk,
                              Eigen::VectorXd& gradient) {
  const Index m = chunk.size;
  delta_.back().leftCols(m) = h_.back().leftCols(m);
  for (Index j = 0; j < m; ++j) delta_.back()(chunk.labels[static_cast<std::size_t>(j)], j) -= 1;
  for (std::size_t l = layers_.size(); l-- > 0;) {
    const Eigen::MatrixXd& below = l == 0 ? chunk.inputs : h_[l - 1];
    const auto delta = delta_[l].leftCols(m);
    weights(layers_[l], gradient).noalias() += delta * below.leftCols(m).transpose();
    bias(layers_[l], gradient) += delta.rowwise().sum();
    if (l == 0) break;
    auto delta_below = delta_[l - 1].leftCols(m);
    delta_below.noalias() = weights(layers_[l], theta).transpose() * delta;
    times_slope(delta_below, below.leftCols(m));
  }
}

}  // namespace ravine::problems
