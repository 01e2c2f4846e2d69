#include "problems/nets/losses/bernoulli.hpp"

#include <algorithm>
#include <cmath>

namespace ravine::problems::nets {
namespace {

class Bernoulli final : public Loss {
 public:
  explicit Bernoulli(Index outputs) : outputs_(outputs) {}

  void values(const In& z, const Batch& batch, Eigen::VectorXd& losses) override {
    if (p_.cols() < z.cols()) p_.resize(outputs_, z.cols());
    for (Index j = 0; j < z.cols(); ++j) {
      losses[j] = 0;
      for (Index k = 0; k < outputs_; ++k) {
        const double a = z(k, j);
        const double e = std::exp(-std::abs(a));  // never overflows
        p_(k, j) = (a >= 0 ? 1 : e) / (1 + e);
        losses[j] += std::max(a, 0.0) + std::log1p(e) - batch.targets(k, j) * a;
      }
    }
  }

  void gradient(const In& z, const Batch& batch, Out dz) override {
    dz = p_.leftCols(z.cols()) - batch.targets.leftCols(z.cols());
  }

  void curvature(const In& z, const In& rz, Out out) override {
    const auto p = p_.leftCols(z.cols()).array();
    out = p * (1 - p) * rz.array();
  }

  void sampled_gradient(const In& z, const Stream& draws, std::uint64_t first, Out dz) override {
    for (Index i = 0; i < z.size(); ++i) {
      const double p = p_.data()[i];
      dz.data()[i] = p - (draws.uniform(first + static_cast<std::uint64_t>(i)) < p ? 1 : 0);
    }
  }

 private:
  Index outputs_;
  Matrix p_;
};

}  // namespace

std::unique_ptr<Loss> bernoulli_loss(Index outputs) { return std::make_unique<Bernoulli>(outputs); }

}  // namespace ravine::problems::nets
