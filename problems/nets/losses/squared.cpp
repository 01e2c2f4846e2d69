#include "problems/nets/losses/squared.hpp"

#include <cmath>

namespace ravine::problems::nets {
namespace {

class Squared final : public Loss {
 public:
  explicit Squared(double scale) : scale_(scale) {}

  void values(const In& z, const Batch& batch, Eigen::VectorXd& losses) override {
    for (Index j = 0; j < z.cols(); ++j)
      losses[j] = scale_ * (z.col(j) - batch.targets.col(j)).squaredNorm();
  }

  void gradient(const In& z, const Batch& batch, Out dz) override {
    dz = 2 * scale_ * (z - batch.targets.leftCols(z.cols()));
  }

  void curvature(const In& /*z*/, const In& rz, Out out) override { out = 2 * scale_ * rz; }

  // t = z + N / sqrt(2 scale), so dz = -sqrt(2 scale) N.
  void sampled_gradient(const In& z, const Stream& draws, std::uint64_t first, Out dz) override {
    const double factor = -std::sqrt(2 * scale_);
    for (Index i = 0; i < z.size(); ++i)
      dz.data()[i] = factor * draws.normal(first + static_cast<std::uint64_t>(i));
  }

 private:
  double scale_;
};

}  // namespace

std::unique_ptr<Loss> squared_loss(double scale) { return std::make_unique<Squared>(scale); }

}  // namespace ravine::problems::nets
