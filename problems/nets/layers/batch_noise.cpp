// For activation k of the batch with a given key (Santurkar et al., appendix A.1, their values):
//   mu_k ~ U(-n_mu, n_mu), sigma_k ~ U(1, n_sigma)      n_mu = 0.5, n_sigma = 1.25
//   b_kj ~ U(mu_k - r_mu, mu_k + r_mu), a_kj ~ N(sigma_k, r_sigma^2)      r_mu = r_sigma = 0.1
// for each sample j.
#include "problems/nets/layers/batch_norm.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems::nets {
namespace {

class BatchNoise final : public Layer {
 public:
  explicit BatchNoise(Index features) : features_(features) {}

  [[nodiscard]] Index inputs() const override { return features_; }
  [[nodiscard]] Index outputs() const override { return features_; }
  [[nodiscard]] bool couples_samples() const override { return true; }  // a key is a batch's

  void begin(const Pass& pass) override { pass_ = pass; }

  void forward(const double* /*theta*/, const In& x, Out y) override {
    if (a_.cols() < x.cols()) {
      a_.resize(features_, x.cols());
      b_.resize(features_, x.cols());
    }
    if (pass_.mode == Mode::evaluation) {
      a_.setOnes();
      b_.setZero();
    } else {
      draw(x.cols());
    }
    y = a_.leftCols(x.cols()).cwiseProduct(x) + b_.leftCols(x.cols());
  }

  void backward(const double* /*theta*/, const In& x, const In& /*y*/, const In& dy, Out* dx,
                double* /*gradient*/) override {
    if (dx != nullptr) *dx = a_.leftCols(x.cols()).cwiseProduct(dy);
  }

  void tangent(const double* /*theta*/, const double* /*v*/, const In& x, const In& /*y*/,
               const In* rx, Out ry) override {
    if (rx != nullptr)
      ry = a_.leftCols(x.cols()).cwiseProduct(*rx);
    else
      ry.setZero();
  }

  void tangent_backward(const double* /*theta*/, const double* /*v*/, const In& x, const In& /*y*/,
                        const In& /*dy*/, const In* /*rx*/, const In& /*ry*/, const In& rdy,
                        Out* rdx, double* /*hv*/) override {
    if (rdx != nullptr) *rdx = a_.leftCols(x.cols()).cwiseProduct(rdy);
  }

 private:
  static double between(double low, double high, double uniform) {
    return low + (high - low) * uniform;
  }

  void draw(Index columns) {
    const Stream of_batch(pass_.key, "nets/batch noise");
    const Stream of_sample(pass_.key, "nets/sample noise");
    std::uint64_t index = 0;
    for (Index k = 0; k < features_; ++k) {
      const auto at = static_cast<std::uint64_t>(2 * k);
      const double mu = between(-0.5, 0.5, of_batch.uniform(at));
      const double sigma = between(1, 1.25, of_batch.uniform(at + 1));
      for (Index j = 0; j < columns; ++j) {
        b_(k, j) = between(mu - 0.1, mu + 0.1, of_sample.uniform(index++));
        a_(k, j) = sigma + 0.1 * of_sample.normal(index++);
      }
    }
  }

  Index features_;
  Pass pass_;
  Matrix a_, b_;
};

}  // namespace

std::unique_ptr<Layer> batch_noise(Index features) {
  return std::make_unique<BatchNoise>(features);
}

}  // namespace ravine::problems::nets
