#include "problems/nets/layers/pooling.hpp"

namespace ravine::problems::nets {
namespace {

class MaxPooling final : public Layer {
 public:
  MaxPooling(const Image& image, const Window& window)
      : below_(image), above_(window.over(image, image.channels)), window_(window) {}

  [[nodiscard]] Index inputs() const override { return below_.size(); }
  [[nodiscard]] Index outputs() const override { return above_.size(); }

  void forward(const double* /*theta*/, const In& x, Out y) override {
    taken_.resize(static_cast<std::size_t>(outputs() * x.cols()));
    Index* taken = taken_.data();
    for (Index j = 0; j < x.cols(); ++j) {
      const double* image = x.col(j).data();
      double* out = y.col(j).data();
      for (Index c = 0; c < below_.channels; ++c)
        for (Index row = 0; row < above_.height; ++row)
          for (Index column = 0; column < above_.width; ++column) {
            *taken = largest(image, c, row, column);
            *out++ = image[*taken++];
          }
    }
  }

  void backward(const double* /*theta*/, const In& x, const In& /*y*/, const In& dy, Out* dx,
                double* /*gradient*/) override {
    if (dx != nullptr) spread(x.cols(), dy, *dx);
  }

  void tangent(const double* /*theta*/, const double* /*v*/, const In& x, const In& /*y*/,
               const In* rx, Out ry) override {
    ry.setZero();
    if (rx == nullptr) return;
    const Index* taken = taken_.data();
    for (Index j = 0; j < x.cols(); ++j)
      for (Index i = 0; i < outputs(); ++i) ry(i, j) = (*rx)(*taken++, j);
  }

  void tangent_backward(const double* /*theta*/, const double* /*v*/, const In& x, const In& /*y*/,
                        const In& /*dy*/, const In* /*rx*/, const In& /*ry*/, const In& rdy,
                        Out* rdx, double* /*hv*/) override {
    if (rdx != nullptr) spread(x.cols(), rdy, *rdx);
  }

 private:
  [[nodiscard]] Index largest(const double* image, Index c, Index row, Index column) const {
    Index best = -1;
    for (Index down = 0; down < window_.side; ++down)
      for (Index right = 0; right < window_.side; ++right) {
        const Index r = row * window_.stride + down - window_.padding;
        const Index k = column * window_.stride + right - window_.padding;
        if (r < 0 || r >= below_.height || k < 0 || k >= below_.width) continue;
        const Index pixel = (c * below_.height + r) * below_.width + k;
        // !(<=) rather than >: a NaN is taken and seen
        if (best < 0 || !(image[pixel] <= image[best])) best = pixel;
      }
    return best;
  }

  void spread(Index columns, const In& above, Out below) const {
    below.setZero();
    const Index* taken = taken_.data();
    for (Index j = 0; j < columns; ++j)
      for (Index i = 0; i < outputs(); ++i) below(*taken++, j) += above(i, j);
  }

  Image below_, above_;
  Window window_;
  std::vector<Index> taken_;  ///< the pixel of each output of each sample
};

}  // namespace

std::unique_ptr<Layer> max_pooling(const Image& image, const Window& window) {
  return std::make_unique<MaxPooling>(image, window);
}

}  // namespace ravine::problems::nets
