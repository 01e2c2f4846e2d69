// Hessian-vector products of the perceptron by Pearlmutter's R-operator: R{q} is the derivative of
// q(theta + r v) for r at 0.
#include "problems/nets/layer_maps.hpp"
#include "problems/nets/perceptron.hpp"

namespace ravine::problems {

using Eigen::Index;

void Perceptron::add_hessian_vector(const Eigen::VectorXd& theta, const Eigen::VectorXd& v,
                                    const Chunk& chunk, Eigen::VectorXd& hv) {
  const Index m = chunk.size;
  const std::size_t last = layers_.size() - 1;

  // R{z_l} = V_l h_{l-1} + W_l R{h_{l-1}} + R{b_l},  R{h_l} = phi'(z_l) R{z_l},  R{h_0} = 0
  for (std::size_t l = 0; l <= last; ++l) {
    const Eigen::MatrixXd& below = l == 0 ? chunk.inputs : h_[l - 1];
    auto rz = rz_[l].leftCols(m);
    rz.noalias() = weights(layers_[l], v) * below.leftCols(m);
    if (l > 0) rz.noalias() += weights(layers_[l], theta) * rh_[l - 1].leftCols(m);
    rz.colwise() += bias(layers_[l], v);
    if (l == last) break;
    rh_[l].leftCols(m) = rz;
    times_slope(rh_[l].leftCols(m), h_[l].leftCols(m));
  }

  // R{delta_L} = (diag(p) - p p') R{z_L}
  for (Index j = 0; j < m; ++j) {
    const auto p = h_[last].col(j).array();
    const auto rz = rz_[last].col(j).array();
    rdelta_[last].col(j) = p * (rz - (p * rz).sum());
  }

  // dW_l = delta_l h_{l-1}', and delta_{l-1} = phi'(z) W_l' delta_l. For tanh phi'' = -2 h phi', so
  // that R{phi'} W_l' delta_l = -2 h R{z} delta_{l-1}; for relu phi'' = 0.
  for (std::size_t l = last;; --l) {
    const Eigen::MatrixXd& below = l == 0 ? chunk.inputs : h_[l - 1];
    const auto delta = delta_[l].leftCols(m);
    const auto rdelta = rdelta_[l].leftCols(m);
    weights(layers_[l], hv).noalias() += rdelta * below.leftCols(m).transpose();
    bias(layers_[l], hv) += rdelta.rowwise().sum();
    if (l == 0) break;
    weights(layers_[l], hv).noalias() += delta * rh_[l - 1].leftCols(m).transpose();
    auto rdelta_below = rdelta_[l - 1].leftCols(m);
    rdelta_below.noalias() = weights(layers_[l], v).transpose() * delta;
    rdelta_below.noalias() += weights(layers_[l], theta).transpose() * rdelta;
    times_slope(rdelta_below, below.leftCols(m));
    if (activation_ == Activation::tanh)
      rdelta_below.array() -= 2 * below.leftCols(m).array() * rz_[l - 1].leftCols(m).array() *
                              delta_[l - 1].leftCols(m).array();
  }
}

}  // namespace ravine::problems
