// Each sample's image is written as a matrix of the patches that the window sees, (channels side^2)
// x places, so that the layer is the product W patches, and its derivatives too: one large product
// a sample, at the price of side^2 copies of the image, which are made again on the way back rather
// than kept for the batch.
#include "problems/nets/layers/convolution.hpp"

#include <algorithm>

namespace ravine::problems::nets {
namespace {

class Convolution final : public Layer {
 public:
  Convolution(const Image& image, const Window& window, Index channels, double gain, bool bias)
      : below_(image),
        above_(window.over(image, channels)),
        window_(window),
        gain_(gain),
        bias_(bias),
        patch_(image.channels * window.side * window.side),
        patches_(patch_, above_.pixels()),
        moved_(patch_, above_.pixels()) {}

  [[nodiscard]] Index inputs() const override { return below_.size(); }
  [[nodiscard]] Index outputs() const override { return above_.size(); }
  [[nodiscard]] Index parameter_count() const override {
    return above_.channels * patch_ + (bias_ ? above_.channels : 0);
  }

  [[nodiscard]] std::vector<Block> blocks() const override {
    const auto out = static_cast<std::uint64_t>(above_.channels);
    const auto in = static_cast<std::uint64_t>(below_.channels);
    const auto side = static_cast<std::uint64_t>(window_.side);
    std::vector<Block> all = {{"w", 0, {out, in, side, side}, BlockRole::matrix, false}};
    if (bias_) all.push_back({"b", out * in * side * side, {out}, BlockRole::bias, true});
    return all;
  }

  // A weight meets side^2 inputs of each channel, and is met by as many outputs.
  [[nodiscard]] std::vector<Fan> fans() const override {
    const auto area = static_cast<double>(window_.side * window_.side);
    return {{0, static_cast<std::uint64_t>(above_.channels * patch_),
             area * static_cast<double>(below_.channels),
             area * static_cast<double>(above_.channels), gain_}};
  }

  void forward(const double* theta, const In& x, Out y) override {
    for (Index j = 0; j < x.cols(); ++j) {
      cut(x.col(j).data(), patches_);
      auto out = rows(y.col(j).data());
      out.noalias() = weights(theta) * patches_;
      if (bias_) out.colwise() += bias(theta);
    }
  }

  void backward(const double* theta, const In& x, const In& /*y*/, const In& dy, Out* dx,
                double* gradient) override {
    for (Index j = 0; j < x.cols(); ++j) {
      const auto slope = rows(dy.col(j).data());
      cut(x.col(j).data(), patches_);
      weights(gradient).noalias() += slope * patches_.transpose();
      if (bias_) bias(gradient) += slope.rowwise().sum();
      if (dx == nullptr) continue;
      moved_.noalias() = weights(theta).transpose() * slope;
      dx->col(j).setZero();
      paste(moved_, dx->col(j).data());
    }
  }

  void tangent(const double* theta, const double* v, const In& x, const In& /*y*/, const In* rx,
               Out ry) override {
    for (Index j = 0; j < x.cols(); ++j) {
      auto out = rows(ry.col(j).data());
      cut(x.col(j).data(), patches_);
      out.noalias() = weights(v) * patches_;
      if (rx != nullptr) {
        cut(rx->col(j).data(), moved_);
        out.noalias() += weights(theta) * moved_;
      }
      if (bias_) out.colwise() += bias(v);
    }
  }

  void tangent_backward(const double* theta, const double* v, const In& x, const In& /*y*/,
                        const In& dy, const In* rx, const In& /*ry*/, const In& rdy, Out* rdx,
                        double* hv) override {
    for (Index j = 0; j < x.cols(); ++j) {
      const auto slope = rows(dy.col(j).data());
      const auto moved_slope = rows(rdy.col(j).data());
      cut(x.col(j).data(), patches_);
      weights(hv).noalias() += moved_slope * patches_.transpose();
      if (rx != nullptr) {
        cut(rx->col(j).data(), moved_);
        weights(hv).noalias() += slope * moved_.transpose();
      }
      if (bias_) bias(hv) += moved_slope.rowwise().sum();
      if (rdx == nullptr) continue;
      moved_.noalias() = weights(v).transpose() * slope;
      moved_.noalias() += weights(theta).transpose() * moved_slope;
      rdx->col(j).setZero();
      paste(moved_, rdx->col(j).data());
    }
  }

 private:
  // Calls use(entry, places, from, to, pixel) for each entry of a patch and each row of places: the
  // places places + from ... places + to - 1 see the pixels from `pixel` on, a stride apart, and
  // the others of the row lie beyond the edge.
  template <class Use>
  void walk(Use use) const {
    Index entry = 0;
    for (Index c = 0; c < below_.channels; ++c)
      for (Index down = 0; down < window_.side; ++down)
        for (Index right = 0; right < window_.side; ++right, ++entry) {
          const Index shift = right - window_.padding;  // place i sees column i stride + shift
          const Index first = shift >= 0 ? 0 : (-shift + window_.stride - 1) / window_.stride;
          const Index behind = (below_.width - shift + window_.stride - 1) / window_.stride;
          const Index from = std::min(first, above_.width);
          const Index to = std::clamp(behind, from, above_.width);
          for (Index place = 0; place < above_.height; ++place) {
            const Index row = place * window_.stride + down - window_.padding;
            const bool inside = row >= 0 && row < below_.height;
            const Index pixel =
                (c * below_.height + row) * below_.width + from * window_.stride + shift;
            use(entry, place * above_.width, from, inside ? to : from, pixel);
          }
        }
  }

  void cut(const double* image, RowMajor& patches) const {
    walk([&](Index entry, Index places, Index from, Index to, Index pixel) {
      double* out = patches.row(entry).data() + places;
      std::fill_n(out, from, 0.0);
      for (Index i = from; i < to; ++i, pixel += window_.stride) out[i] = image[pixel];
      std::fill(out + to, out + above_.width, 0.0);
    });
  }

  void paste(const RowMajor& patches, double* image) const {
    walk([&](Index entry, Index places, Index from, Index to, Index pixel) {
      const double* in = patches.row(entry).data() + places;
      for (Index i = from; i < to; ++i, pixel += window_.stride) image[pixel] += in[i];
    });
  }

  [[nodiscard]] Eigen::Map<const RowMajor> rows(const double* y) const {
    return {y, above_.channels, above_.pixels()};
  }
  [[nodiscard]] Eigen::Map<RowMajor> rows(double* y) const {
    return {y, above_.channels, above_.pixels()};
  }
  [[nodiscard]] Eigen::Map<const RowMajor> weights(const double* theta) const {
    return {theta, above_.channels, patch_};
  }
  [[nodiscard]] Eigen::Map<RowMajor> weights(double* theta) const {
    return {theta, above_.channels, patch_};
  }
  [[nodiscard]] Eigen::Map<const Eigen::VectorXd> bias(const double* theta) const {
    return {theta + above_.channels * patch_, above_.channels};
  }
  [[nodiscard]] Eigen::Map<Eigen::VectorXd> bias(double* theta) const {
    return {theta + above_.channels * patch_, above_.channels};
  }

  Image below_, above_;
  Window window_;
  double gain_;
  bool bias_;
  Index patch_;  ///< entries of a patch: channels side^2
  RowMajor patches_, moved_;
};

}  // namespace

std::unique_ptr<Layer> convolution(const Image& image, const Window& window, Index channels,
                                   double gain, bool bias) {
  return std::make_unique<Convolution>(image, window, channels, gain, bias);
}

}  // namespace ravine::problems::nets
