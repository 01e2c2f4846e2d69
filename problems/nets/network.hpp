// A net with its loss: value, gradient and curvature of a batch.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "problems/nets/layers/sequence.hpp"
#include "problems/nets/layers/tap.hpp"
#include "problems/nets/loss.hpp"

namespace ravine::problems::nets {

/// An auxiliary classifier in the middle of a net (Szegedy et al., CVPR 2015): it adds weight times
/// its loss in training and is dropped at evaluation. `tap` is a layer of the net's.
struct Head {
  Tap* tap = nullptr;
  std::size_t layer = 0;  ///< where the tap stands in the net
  double weight = 0;
  std::unique_ptr<Sequence> layers;
  std::unique_ptr<Loss> loss;
};

/// Parameters: those of the layers, then of each head. Vectors of parameters are aligned as
/// Eigen's own are, to 32 bytes (Layer). All sums are over the samples of the
/// batch, each with its weight.
class Network {
 public:
  struct Outcome {
    double loss = 0;            ///< weighted, where samples have weights
    std::uint64_t correct = 0;  ///< samples that the net's own outputs classify right
  };

  Network(std::unique_ptr<Sequence> layers, std::unique_ptr<Loss> loss,
          std::vector<Head> heads = {});

  [[nodiscard]] Index parameter_count() const { return count_; }
  [[nodiscard]] std::vector<Block> blocks() const;
  [[nodiscard]] std::vector<Fan> fans() const;
  [[nodiscard]] bool couples_samples() const { return layers_->couples_samples(); }
  [[nodiscard]] Sequence& layers() { return *layers_; }
  [[nodiscard]] const Sequence& layers() const { return *layers_; }

  /// The loss of the batch; every other pass comes after it, with the same arguments. In evaluation
  /// heads are not there.
  Outcome forward(const double* theta, const Batch& batch, const Pass& pass = {});
  /// The loss of each sample of the last forward pass, its heads' not counted, without weights.
  [[nodiscard]] Eigen::Ref<const Eigen::VectorXd> losses() const { return losses_.head(columns_); }
  /// What the net said in the last forward pass, outputs x samples.
  [[nodiscard]] In outputs() const { return exits_.front().z.leftCols(columns_); }

  void add_gradient(const double* theta, const Batch& batch, double* gradient);
  /// The gradient with targets drawn from the model's own distribution: number `first` of `draws`
  /// on, outputs() numbers a sample and loss.
  void add_sampled_gradient(const double* theta, const Batch& batch, const Stream& draws,
                            std::uint64_t first, double* gradient);
  /// The Hessian times v, exact; after add_gradient().
  void add_hessian_vector(const double* theta, const double* v, const Batch& batch, double* hv);
  /// J'SJ v.
  void add_gauss_newton_vector(const double* theta, const double* v, const Batch& batch,
                               double* gv);

 private:
  /// A loss and the layers under it: the net's own is the first, then the heads'.
  struct Exit {
    Sequence* layers = nullptr;
    Loss* loss = nullptr;
    double weight = 1;
    Tap* tap = nullptr;     ///< null for the net's own
    std::size_t layer = 0;  ///< of the tap in the net
    Index offset = 0;       ///< of its first parameter
    Matrix z, dz, rz, rdz;  ///< outputs x capacity
  };

  /// dz := weight of the exit, of the batch and of each sample, times dz.
  void weigh(const Exit& exit, const Batch& batch, Out dz) const;
  void add_exit(Sequence& layers, Loss& loss);
  /// What an exit's layers look at.
  [[nodiscard]] In input_of(const Exit& exit, const Batch& batch) const;
  /// From each exit's dz down.
  void backward(const double* theta, const Batch& batch, double* gradient);
  /// Each exit's rz for parameters that move along v.
  void tangent(const double* theta, const double* v, const Batch& batch);

  std::unique_ptr<Sequence> layers_;
  std::unique_ptr<Loss> loss_;
  std::vector<Head> heads_;
  std::vector<Exit> exits_;
  Index count_ = 0;
  Index columns_ = 0;
  Eigen::VectorXd losses_, head_losses_;
};

}  // namespace ravine::problems::nets
