// What a net's outputs cost for each sample of a batch. One loss a file, in losses/.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "problems/nets/layer.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems::nets {

/// Samples side by side: a column of inputs each, and what the net is to say of it, which is a
/// label where the loss is over classes and a column of targets where it is not.
struct Batch {
  Matrix inputs;                      ///< features x capacity
  Matrix targets;                     ///< outputs x capacity, or empty
  std::vector<std::uint32_t> labels;  ///< capacity, or empty
  double factor = 1;                  ///< of every sample's loss
  Eigen::VectorXd weights;            ///< of each sample's loss, capacity; empty where all are 1
  Index size = 0;                     ///< columns in use
};

class Loss {
 public:
  Loss() = default;
  Loss(const Loss&) = delete;
  Loss& operator=(const Loss&) = delete;
  virtual ~Loss() = default;

  /// The loss of each sample from outputs z (outputs x batch.size), to the first entries of
  /// `losses`. Keeps what the passes below need. Weights are not the loss's business.
  virtual void values(const In& z, const Batch& batch, Eigen::VectorXd& losses) = 0;
  /// How many samples are classified right; 0 where there are no classes. After values().
  [[nodiscard]] virtual std::uint64_t correct(const Batch& /*batch*/) const { return 0; }
  /// dz = dl/dz, after values().
  virtual void gradient(const In& z, const Batch& batch, Out dz) = 0;
  /// out = S rz, S the Hessian of the loss for z; positive semi-definite in every loss here, so
  /// that J'SJ is the generalized Gauss-Newton matrix (Schraudolph, Neural Computation 14 (2002)
  /// 1723-1738). After values().
  virtual void curvature(const In& z, const In& rz, Out out) = 0;
  /// dz for targets drawn from the distribution whose negative logarithm the loss is, by the
  /// numbers of `draws` from index `first` on, outputs() of them a sample. After values().
  virtual void sampled_gradient(const In& z, const Stream& draws, std::uint64_t first, Out dz) = 0;
};

}  // namespace ravine::problems::nets
