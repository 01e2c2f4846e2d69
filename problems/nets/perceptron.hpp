// A multilayer perceptron with a softmax on top: loss, gradient and curvature of a chunk of
// samples.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace ravine::problems {

enum class Activation { tanh, relu };

/// Samples side by side: one column of `inputs` and one label each, `size` of them in use.
struct Chunk {
  Eigen::MatrixXd inputs;  ///< features x capacity
  std::vector<std::uint8_t> labels;
  Eigen::Index size = 0;
};

/// Where a layer z = W h + b lies in the flat vector of parameters; W row-major.
struct Layer {
  Eigen::Index in = 0, out = 0;
  Eigen::Index w = 0, b = 0;  ///< offsets
};

/// h_0 = x, z_l = W_l h_{l-1} + b_l, h_l = phi(z_l), p = softmax(z_L), loss = -log p_label.
/// relu'(0) is taken as 0. Vectors of parameters are Eigen's own, thus aligned: what Eigen adds
/// packet by packet depends on the alignment, and a caller's vector may have any.
class Perceptron {
 public:
  struct Outcome {
    double loss = 0;            ///< sum over the chunk
    std::uint64_t correct = 0;  ///< samples whose label has the largest p, the first of equals
  };

  /// widths: inputs, hidden layers, classes. Chunks have at most `capacity` samples.
  Perceptron(const std::vector<Eigen::Index>& widths, Activation activation, Eigen::Index capacity);

  [[nodiscard]] const std::vector<Layer>& layers() const { return layers_; }
  [[nodiscard]] Eigen::Index parameter_count() const;

  Outcome forward(const Eigen::VectorXd& theta, const Chunk& chunk);

  /// Adds the gradient of the summed loss; after forward() with the same arguments.
  void add_gradient(const Eigen::VectorXd& theta, const Chunk& chunk, Eigen::VectorXd& gradient);

  /// Adds the Hessian of the summed loss times v, after add_gradient() with the same arguments.
  /// Exact: Pearlmutter, Neural Computation 6 (1994) 147-160.
  void add_hessian_vector(const Eigen::VectorXd& theta, const Eigen::VectorXd& v,
                          const Chunk& chunk, Eigen::VectorXd& hv);

 private:
  using Matrices = std::vector<Eigen::MatrixXd>;

  /// m *= phi'(z), from h = phi(z), over the columns in use.
  void times_slope(Eigen::Ref<Eigen::MatrixXd> m, const Eigen::Ref<const Eigen::MatrixXd>& h) const;

  std::vector<Layer> layers_;
  Activation activation_;
  Matrices h_;      ///< h_[l] = h_{l+1}, out x capacity; the last one is p
  Matrices delta_;  ///< gradient of the loss for z_{l+1}
  Matrices rz_;     ///< R{z}, R{h} and R{delta}: derivatives along v
  Matrices rh_;
  Matrices rdelta_;
};

}  // namespace ravine::problems
