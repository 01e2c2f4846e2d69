// The matrices of a layer inside a flat vector of parameters, and the columns of a chunk in use.
#pragma once

#include <Eigen/Core>

#include "problems/nets/perceptron.hpp"

namespace ravine::problems {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline Eigen::Map<const RowMajor> weights(const Layer& layer, const Eigen::VectorXd& theta) {
  return {theta.data() + layer.w, layer.out, layer.in};
}

inline Eigen::Map<RowMajor> weights(const Layer& layer, Eigen::VectorXd& theta) {
  return {theta.data() + layer.w, layer.out, layer.in};
}

inline auto bias(const Layer& layer, const Eigen::VectorXd& theta) {
  return theta.segment(layer.b, layer.out);
}

inline auto bias(const Layer& layer, Eigen::VectorXd& theta) {
  return theta.segment(layer.b, layer.out);
}

}  // namespace ravine::problems
