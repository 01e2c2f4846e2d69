#include "problems/nets/layers/pooling.hpp"

namespace ravine::problems::nets {
namespace {

class GlobalAverage final : public Layer {
 public:
  explicit GlobalAverage(const Image& image) : image_(image) {}

  [[nodiscard]] Index inputs() const override { return image_.size(); }
  [[nodiscard]] Index outputs() const override { return image_.channels; }

  void forward(const double* /*theta*/, const In& x, Out y) override { average(x, y); }

  void backward(const double* /*theta*/, const In& /*x*/, const In& /*y*/, const In& dy, Out* dx,
                double* /*gradient*/) override {
    if (dx != nullptr) spread(dy, *dx);
  }

  void tangent(const double* /*theta*/, const double* /*v*/, const In& /*x*/, const In& /*y*/,
               const In* rx, Out ry) override {
    if (rx != nullptr)
      average(*rx, ry);
    else
      ry.setZero();
  }

  void tangent_backward(const double* /*theta*/, const double* /*v*/, const In& /*x*/,
                        const In& /*y*/, const In& /*dy*/, const In* /*rx*/, const In& /*ry*/,
                        const In& rdy, Out* rdx, double* /*hv*/) override {
    if (rdx != nullptr) spread(rdy, *rdx);
  }

 private:
  void average(const In& x, Out y) const {
    for (Index j = 0; j < x.cols(); ++j)
      for (Index c = 0; c < image_.channels; ++c) {
        double sum = 0;
        for (Index p = 0; p < image_.pixels(); ++p) sum += x(c * image_.pixels() + p, j);
        y(c, j) = sum / static_cast<double>(image_.pixels());
      }
  }

  void spread(const In& above, Out below) const {
    for (Index j = 0; j < above.cols(); ++j)
      for (Index c = 0; c < image_.channels; ++c)
        below.col(j)
            .segment(c * image_.pixels(), image_.pixels())
            .setConstant(above(c, j) / static_cast<double>(image_.pixels()));
  }

  Image image_;
};

}  // namespace

std::unique_ptr<Layer> global_average(const Image& image) {
  return std::make_unique<GlobalAverage>(image);
}

}  // namespace ravine::problems::nets
