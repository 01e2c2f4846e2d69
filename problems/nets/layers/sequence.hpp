// Layers one above the other, as one layer.
#pragma once

#include <memory>

#include "problems/nets/layer.hpp"

namespace ravine::problems::nets {

using Layers = std::vector<std::unique_ptr<Layer>>;

/// y = f_L(...f_1(x)). Parameters one layer after the other; blocks carry their layer's number
/// among those that have any, "w1", "b1", "w2", those of a layer made of layers before their own,
/// "r3_w1", and all of them `prefix` in front. Throws std::logic_error where a layer's outputs are
/// not the next one's inputs.
class Sequence final : public Layer {
 public:
  explicit Sequence(Layers layers, std::string prefix = "");

  [[nodiscard]] Index inputs() const override { return layers_.front()->inputs(); }
  [[nodiscard]] Index outputs() const override { return layers_.back()->outputs(); }
  [[nodiscard]] Index parameter_count() const override { return offsets_.back(); }
  [[nodiscard]] std::vector<Block> blocks() const override;
  [[nodiscard]] std::vector<Fan> fans() const override;
  [[nodiscard]] bool couples_samples() const override;

  void begin(const Pass& pass) override;
  void forward(const double* theta, const In& x, Out y) override;
  void backward(const double* theta, const In& x, const In& y, const In& dy, Out* dx,
                double* gradient) override;
  void tangent(const double* theta, const double* v, const In& x, const In& y, const In* rx,
               Out ry) override;
  void tangent_backward(const double* theta, const double* v, const In& x, const In& y,
                        const In& dy, const In* rx, const In& ry, const In& rdy, Out* rdx,
                        double* hv) override;

  [[nodiscard]] const Layers& layers() const { return layers_; }
  /// The first parameter of layer l.
  [[nodiscard]] Index offset(std::size_t l) const { return offsets_[l]; }
  /// What came out of layer l, not the last, in the last forward pass; and the loss's derivative
  /// by it in the last backward pass.
  [[nodiscard]] In output(std::size_t l) const { return y_[l].leftCols(columns_); }
  [[nodiscard]] In derivative(std::size_t l) const { return dy_[l].leftCols(columns_); }
  /// How the output of layer l moved in the last tangent pass.
  [[nodiscard]] In moved(std::size_t l) const { return ry_[l].leftCols(columns_); }

 private:
  /// A matrix for each layer but the last; they grow to the largest batch and stay.
  using Kept = std::vector<Matrix>;
  void fit(Kept& kept) const;

  Layers layers_;
  std::string prefix_;
  std::vector<Index> offsets_;
  Index columns_ = 0;
  Kept y_, dy_, ry_, rdy_;
};

}  // namespace ravine::problems::nets
