// A place in a net from which something else is fed too.
#pragma once

#include "problems/nets/layer.hpp"

namespace ravine::problems::nets {

/// y = x. What the other user of x sends back is added on the way down: set it before the pass.
class Tap final : public Layer {
 public:
  explicit Tap(Index features) : features_(features) {}

  [[nodiscard]] Index inputs() const override { return features_; }
  [[nodiscard]] Index outputs() const override { return features_; }

  /// The derivative of the other user's loss by x, and that derivative's own along the direction.
  Matrix other_dy, other_rdy;

  void forward(const double* /*theta*/, const In& x, Out y) override { y = x; }
  void backward(const double* /*theta*/, const In& x, const In& /*y*/, const In& dy, Out* dx,
                double* /*gradient*/) override {
    if (dx != nullptr) *dx = dy + other_dy.leftCols(x.cols());
  }
  void tangent(const double* /*theta*/, const double* /*v*/, const In& /*x*/, const In& /*y*/,
               const In* rx, Out ry) override {
    if (rx != nullptr)
      ry = *rx;
    else
      ry.setZero();
  }
  void tangent_backward(const double* /*theta*/, const double* /*v*/, const In& x, const In& /*y*/,
                        const In& /*dy*/, const In* /*rx*/, const In& /*ry*/, const In& rdy,
                        Out* rdx, double* /*hv*/) override {
    if (rdx != nullptr) *rdx = rdy + other_rdy.leftCols(x.cols());
  }

 private:
  Index features_;
};

}  // namespace ravine::problems::nets
