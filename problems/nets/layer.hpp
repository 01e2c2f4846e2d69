// A layer of a net: its map, the transposed derivative (backward) and the forward derivative of
// both (Pearlmutter's R-operator, Neural Computation 6 (1994) 147-160), on which every product of
// the loss's curvature rests. One layer a file, in layers/.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "problems/problem.hpp"

namespace ravine::problems::nets {

using Eigen::Index;
using Matrix = Eigen::MatrixXd;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// What passes between layers: features x samples, a column a sample.
using In = Eigen::Ref<const Matrix>;
using Out = Eigen::Ref<Matrix>;

/// How a layer that treats training and evaluation differently behaves.
enum class Mode {
  training,    ///< as the objective is defined
  collecting,  ///< as in training, and what evaluation needs of this batch is kept
  evaluation   ///< with what was kept
};

/// What a layer is told before a pass, and hands on to the layers inside it.
struct Pass {
  Mode mode = Mode::training;
  std::uint64_t key = 0;  ///< of the batch: noise in training is a function of it
};

/// How the weights of a block are drawn at the start (problems/nets/starts.hpp).
struct Fan {
  std::uint64_t offset = 0, count = 0;  ///< where the weights lie
  double in = 0, out = 0;               ///< fan_in and fan_out
  double gain = 1;                      ///< of the activation that follows
};

/// In all passes theta, v, gradient and hv are those of this layer alone: parameter_count()
/// doubles, laid out as blocks() says. The caller's vectors are aligned, and a layer lies at the
/// same place in all of them: what Eigen adds packet by packet has the same order always.
///
/// forward() comes first; the other passes use what it kept, and are called with the same theta, x
/// and y. Matrices have as many columns as x. Not thread-safe.
class Layer {
 public:
  Layer() = default;
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;
  virtual ~Layer() = default;

  [[nodiscard]] virtual Index inputs() const = 0;   ///< features of a sample below
  [[nodiscard]] virtual Index outputs() const = 0;  ///< and above
  [[nodiscard]] virtual Index parameter_count() const { return 0; }
  /// Its parameters' blocks, and how their weights start; offsets from its own first parameter.
  [[nodiscard]] virtual std::vector<Block> blocks() const { return {}; }
  [[nodiscard]] virtual std::vector<Fan> fans() const { return {}; }
  /// Whether a sample's output depends on the other samples of the batch.
  [[nodiscard]] virtual bool couples_samples() const { return false; }

  virtual void begin(const Pass& /*pass*/) {}

  /// y = f(x; theta).
  virtual void forward(const double* theta, const In& x, Out y) = 0;

  /// gradient += (df/dtheta)' dy, and dx = (df/dx)' dy where dx is not null. Uses dy as it likes.
  virtual void backward(const double* theta, const In& x, const In& y, const In& dy, Out* dx,
                        double* gradient) = 0;

  /// ry = df/dx rx + df/dtheta v; rx is null where x does not move.
  virtual void tangent(const double* theta, const double* v, const In& x, const In& y, const In* rx,
                       Out ry) = 0;

  /// The derivative of backward() along (rx, v, rdy): hv += R{gradient}, rdx = R{dx} where it is
  /// not null. After tangent() and backward() with the same arguments.
  virtual void tangent_backward(const double* theta, const double* v, const In& x, const In& y,
                                const In& dy, const In* rx, const In& ry, const In& rdy, Out* rdx,
                                double* hv) = 0;
};

}  // namespace ravine::problems::nets
