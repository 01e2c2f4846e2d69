#include "problems/nets/layers/dense.hpp"

namespace ravine::problems::nets {
namespace {

class Dense final : public Layer {
 public:
  Dense(Index inputs, Index outputs, double gain, BlockRole role)
      : in_(inputs), out_(outputs), gain_(gain), role_(role) {}

  [[nodiscard]] Index inputs() const override { return in_; }
  [[nodiscard]] Index outputs() const override { return out_; }
  [[nodiscard]] Index parameter_count() const override { return out_ * in_ + out_; }

  [[nodiscard]] std::vector<Block> blocks() const override {
    const auto out = static_cast<std::uint64_t>(out_);
    const auto in = static_cast<std::uint64_t>(in_);
    return {{"w", 0, {out, in}, role_, false}, {"b", out * in, {out}, BlockRole::bias, true}};
  }

  [[nodiscard]] std::vector<Fan> fans() const override {
    return {{0, static_cast<std::uint64_t>(out_ * in_), static_cast<double>(in_),
             static_cast<double>(out_), gain_}};
  }

  void forward(const double* theta, const In& x, Out y) override {
    y.noalias() = weights(theta) * x;
    y.colwise() += bias(theta);
  }

  void backward(const double* theta, const In& x, const In& /*y*/, const In& dy, Out* dx,
                double* gradient) override {
    weights(gradient).noalias() += dy * x.transpose();
    bias(gradient) += dy.rowwise().sum();
    if (dx != nullptr) dx->noalias() = weights(theta).transpose() * dy;
  }

  void tangent(const double* theta, const double* v, const In& x, const In& /*y*/, const In* rx,
               Out ry) override {
    ry.noalias() = weights(v) * x;
    if (rx != nullptr) ry.noalias() += weights(theta) * *rx;
    ry.colwise() += bias(v);
  }

  void tangent_backward(const double* theta, const double* v, const In& x, const In& /*y*/,
                        const In& dy, const In* rx, const In& /*ry*/, const In& rdy, Out* rdx,
                        double* hv) override {
    weights(hv).noalias() += rdy * x.transpose();
    if (rx != nullptr) weights(hv).noalias() += dy * rx->transpose();
    bias(hv) += rdy.rowwise().sum();
    if (rdx == nullptr) return;
    rdx->noalias() = weights(v).transpose() * dy;
    rdx->noalias() += weights(theta).transpose() * rdy;
  }

 private:
  [[nodiscard]] Eigen::Map<const RowMajor> weights(const double* theta) const {
    return {theta, out_, in_};
  }
  [[nodiscard]] Eigen::Map<RowMajor> weights(double* theta) const { return {theta, out_, in_}; }
  [[nodiscard]] Eigen::Map<const Eigen::VectorXd> bias(const double* theta) const {
    return {theta + out_ * in_, out_};
  }
  [[nodiscard]] Eigen::Map<Eigen::VectorXd> bias(double* theta) const {
    return {theta + out_ * in_, out_};
  }

  Index in_, out_;
  double gain_;
  BlockRole role_;
};

}  // namespace

std::unique_ptr<Layer> dense(Index inputs, Index outputs, double gain, BlockRole role) {
  return std::make_unique<Dense>(inputs, outputs, gain, role);
}

}  // namespace ravine::problems::nets
