#include "problems/nets/layers/batch_norm.hpp"

#include <cmath>

namespace ravine::problems::nets {
namespace {

constexpr double kEpsilon = 1e-5;  // PyTorch's

class BatchNorm final : public Layer {
 public:
  explicit BatchNorm(const Image& image)
      : channels_(image.channels),
        pixels_(image.pixels()),
        mean_(Eigen::VectorXd::Zero(channels_)),
        deviation_(Eigen::VectorXd::Ones(channels_)),
        frozen_mean_(mean_),
        frozen_deviation_(deviation_),
        rate_(channels_) {}

  [[nodiscard]] Index inputs() const override { return channels_ * pixels_; }
  [[nodiscard]] Index outputs() const override { return inputs(); }
  [[nodiscard]] Index parameter_count() const override { return 2 * channels_; }
  [[nodiscard]] bool couples_samples() const override { return true; }

  [[nodiscard]] std::vector<Block> blocks() const override {
    const auto count = static_cast<std::uint64_t>(channels_);
    return {{"gamma", 0, {count}, BlockRole::norm_scale, true},
            {"beta", count, {count}, BlockRole::bias, true}};
  }

  void begin(const Pass& pass) override { mode_ = pass.mode; }

  void forward(const double* theta, const In& x, Out y) override {
    if (xhat_.cols() < x.cols()) {
      xhat_.resize(inputs(), x.cols());
      rxhat_.resize(inputs(), x.cols());
    }
    const double count = this->count(x);
    for (Index c = 0; c < channels_; ++c) {
      if (mode_ == Mode::evaluation) {
        mean_[c] = frozen_mean_[c];
        deviation_[c] = frozen_deviation_[c];
      } else {
        mean_[c] = sum_over(x, c, [](double a) { return a; }) / count;
        const double variance =
            sum_over(x, c, [&](double a) { return (a - mean_[c]) * (a - mean_[c]); }) / count;
        deviation_[c] = std::sqrt(variance + kEpsilon);
      }
      for_each(x, c, [&](Index i, Index j) {
        xhat_(i, j) = (x(i, j) - mean_[c]) / deviation_[c];
        y(i, j) = gamma(theta, c) * xhat_(i, j) + beta(theta, c);
      });
    }
    if (mode_ == Mode::collecting) {
      frozen_mean_ = mean_;
      frozen_deviation_ = deviation_;
    }
  }

  // dx = gamma / s (dy - mean dy - xhat mean(dy xhat)).
  void backward(const double* theta, const In& x, const In& /*y*/, const In& dy, Out* dx,
                double* gradient) override {
    const double count = this->count(x);
    for (Index c = 0; c < channels_; ++c) {
      double sum = 0;
      double product = 0;
      for_each(x, c, [&](Index i, Index j) {
        sum += dy(i, j);
        product += dy(i, j) * xhat_(i, j);
      });
      gradient[c] += product;
      gradient[channels_ + c] += sum;
      if (dx == nullptr) continue;
      const double factor = gamma(theta, c) / deviation_[c];
      for_each(x, c, [&](Index i, Index j) {
        (*dx)(i, j) = factor * (dy(i, j) - sum / count - xhat_(i, j) * (product / count));
      });
    }
  }

  // R{xhat} = (rx - mean rx - xhat mean(xhat rx)) / s; rate_ keeps R{s} / s = mean(xhat rx) / s.
  void tangent(const double* theta, const double* v, const In& x, const In& /*y*/, const In* rx,
               Out ry) override {
    const double count = this->count(x);
    for (Index c = 0; c < channels_; ++c) {
      double sum = 0;
      double product = 0;
      if (rx != nullptr)
        for_each(x, c, [&](Index i, Index j) {
          sum += (*rx)(i, j);
          product += (*rx)(i, j) * xhat_(i, j);
        });
      rate_[c] = product / count / deviation_[c];
      for_each(x, c, [&](Index i, Index j) {
        const double moved = rx == nullptr ? 0 : (*rx)(i, j) - sum / count;
        rxhat_(i, j) = moved / deviation_[c] - xhat_(i, j) * rate_[c];
        ry(i, j) = gamma(theta, c) * rxhat_(i, j) + v[c] * xhat_(i, j) + v[channels_ + c];
      });
    }
  }

  // With q = dy - mean dy - xhat mean(dy xhat) and dx = gamma / s q:
  //   R{dx} = (R{gamma} / s - gamma / s R{s} / s) q + gamma / s R{q},
  //   R{q} = rdy - mean rdy - R{xhat} mean(dy xhat) - xhat mean(rdy xhat + dy R{xhat}).
  void tangent_backward(const double* theta, const double* v, const In& x, const In& /*y*/,
                        const In& dy, const In* /*rx*/, const In& /*ry*/, const In& rdy, Out* rdx,
                        double* hv) override {
    const double count = this->count(x);
    for (Index c = 0; c < channels_; ++c) {
      double sum = 0;
      double product = 0;
      double moved_sum = 0;
      double moved_product = 0;
      for_each(x, c, [&](Index i, Index j) {
        sum += dy(i, j);
        product += dy(i, j) * xhat_(i, j);
        moved_sum += rdy(i, j);
        moved_product += rdy(i, j) * xhat_(i, j) + dy(i, j) * rxhat_(i, j);
      });
      hv[c] += moved_product;
      hv[channels_ + c] += moved_sum;
      if (rdx == nullptr) continue;
      const double factor = gamma(theta, c) / deviation_[c];
      const double moved_factor = v[c] / deviation_[c] - factor * rate_[c];
      for_each(x, c, [&](Index i, Index j) {
        const double q = dy(i, j) - sum / count - xhat_(i, j) * (product / count);
        const double moved_q = rdy(i, j) - moved_sum / count - rxhat_(i, j) * (product / count) -
                               xhat_(i, j) * (moved_product / count);
        (*rdx)(i, j) = moved_factor * q + factor * moved_q;
      });
    }
  }

 private:
  [[nodiscard]] double count(const In& x) const { return static_cast<double>(pixels_ * x.cols()); }
  [[nodiscard]] static double gamma(const double* theta, Index c) { return theta[c]; }
  [[nodiscard]] double beta(const double* theta, Index c) const { return theta[channels_ + c]; }

  // Calls use(feature, sample) for a channel's pixels, sample by sample.
  template <class Use>
  void for_each(const In& x, Index c, Use use) const {
    for (Index j = 0; j < x.cols(); ++j)
      for (Index i = c * pixels_; i < (c + 1) * pixels_; ++i) use(i, j);
  }

  template <class Function>
  double sum_over(const In& x, Index c, Function f) const {
    double sum = 0;
    for_each(x, c, [&](Index i, Index j) { sum += f(x(i, j)); });
    return sum;
  }

  Index channels_, pixels_;
  Mode mode_ = Mode::training;
  Eigen::VectorXd mean_, deviation_, frozen_mean_, frozen_deviation_;
  Eigen::VectorXd rate_;
  Matrix xhat_, rxhat_;
};

}  // namespace

std::unique_ptr<Layer> batch_norm(const Image& image) { return std::make_unique<BatchNorm>(image); }

}  // namespace ravine::problems::nets
