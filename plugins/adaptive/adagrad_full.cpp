// AdaGrad with the full matrix (Duchi, Hazan and Singer 2011): S <- S + g g^T; x <- x - eta
// S^{-1/2} g. S is singular before n steps, so the inverse is the pseudo-inverse (the paper's
// choice too), whose first step is eta g / |g|, or that of S^{1/2} + delta I. Eigenvalues of S
// below n ulps of the largest are rounding and count as 0 for the pseudo-inverse: a direction whose
// gradients have all been 1e-8 times smaller than the largest one waits. State: n^2 doubles. Cost:
// one eigendecomposition, some 9 n^3 flops a step.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>

#include "ravine/sdk.hpp"
#include "ravine/sdk/dense.hpp"
#include "ravine/sdk/eigensystem.hpp"
#include "ravine/sdk/moments.hpp"

namespace {

// An eigendecomposition a step: at 2000 variables some seconds each.
constexpr std::size_t kLargest = 2000;

class AdaGradFull {
  static constexpr const char* kInverses[] = {"pseudo", "shifted"};
  enum Inverse : std::uint8_t { kPseudo, kShifted };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "adagrad_full",
      .name = "AdaGrad, full matrix",
      .author = "Ravine",
      .summary = "S <- S + g g^T; x <- x - eta S^{-1/2} g",
      .paper =
          "J. Duchi, E. Hazan, Y. Singer, Adaptive subgradient methods for online learning and "
          "stochastic optimization, J. Mach. Learn. Res. 12 (2011)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-3, .tune_high = 10}),
      ravine::sdk::choice("inverse",
                          "pseudo: the pseudo-inverse of S^{1/2}; shifted: the inverse of S^{1/2} "
                          "+ delta I",
                          kInverses, kPseudo),
      ravine::sdk::real({.name = "delta",
                         .meaning = "added to the diagonal of S^{1/2}",
                         .value = 1e-7,
                         .minimum = 0,
                         .tune_low = 1e-10,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG,
                         .condition = "inverse = shifted"})};

  explicit AdaGradFull(const ravine::sdk::Start& start)
      : eta_(start.setting("learning_rate")),
        inverse_(static_cast<Inverse>(start.count_setting("inverse"))),
        delta_(start.setting("delta")),
        n_(ravine::sdk::dense_size(start.n(), kLargest)),
        s_(start.n() * start.n()),
        eigen_(n_),
        g_(start.n()),
        spectral_(n_),
        d_(n_) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    if (n_ == 0) return RAVINE_OK;
    const Eigen::Map<const Eigen::VectorXd> g(g_.data(), n_);
    Eigen::Map<Eigen::MatrixXd> s(s_.data(), n_, n_);
    s.noalias() += g * g.transpose();
    // S has no root where it is not finite: let that be seen in x.
    if (!eigen_.compute(s)) {
      std::fill(x.begin(), x.end(), std::numeric_limits<double>::quiet_NaN());
      return RAVINE_OK;
    }
    const auto& lambda = eigen_.eigenvalues();
    const double largest = lambda[n_ - 1];
    const double zero = static_cast<double>(n_) * std::numeric_limits<double>::epsilon() * largest;
    spectral_.noalias() = eigen_.eigenvectors().transpose() * g;
    for (Eigen::Index i = 0; i < n_; ++i) {
      const double root = std::sqrt(std::max(lambda[i], 0.0));
      if (inverse_ == kShifted)
        spectral_[i] /= root + delta_;
      else
        spectral_[i] = lambda[i] > zero ? spectral_[i] / root : 0;
    }
    d_.noalias() = eigen_.eigenvectors() * spectral_;
    const double eta = eta_ * step.multiplier;
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= eta * d_[static_cast<Eigen::Index>(i)];
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(s_);
  }

 private:
  double eta_;
  Inverse inverse_;
  double delta_;
  Eigen::Index n_;
  ravine::sdk::Vector s_;           // n x n: sum of g g^T
  ravine::sdk::Eigensystem eigen_;  // scratch, as all below
  ravine::sdk::Vector g_;
  Eigen::VectorXd spectral_, d_;
};

}  // namespace

RAVINE_PLUGIN("adagrad_full", "1.0", AdaGradFull)
