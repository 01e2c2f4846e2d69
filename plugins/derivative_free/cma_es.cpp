// CMA-ES, the (mu/mu_w, lambda) evolution strategy with covariance matrix adaptation, by Hansen's
// tutorial (arXiv 1604.00772, version of 2023) in its symbols: rank-one and rank-mu update,
// negative weights, cumulative step-size adaptation. One step is one generation.
// - Samples are y = C^1/2 z with the symmetric root, where the tutorial writes B D z: the same
//   distribution, without the arbitrary signs of eigenvectors, and C^-1/2 y is then z itself.
// - x is the mean m, at which the strategy stands and is judged: where f is smooth it is better
//   than its samples, and no best value must be kept, which mini-batches would make incomparable.
// - f counts by its ranking alone; NaN and points outside of the domain rank last, ties by index.
// - C^1/2 is renewed only every 1/(10 n (c1 + cmu)) generations (tutorial, B.2).
// State: 2 n^2 + 2 n doubles. Traffic: lambda n^2 doubles a step, and n^3 for a renewal.
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "ravine/sdk.hpp"
#include "ravine/sdk/dense.hpp"
#include "ravine/sdk/eigensystem.hpp"
#include "ravine/sdk/no_progress.hpp"

namespace {

using Matrix = Eigen::MatrixXd;

constexpr double kCondition = 1e14;  // of C, beyond which its eigenvalues are noise (B.3)

/// The strategy parameters of the tutorial's Table 1.
struct Parameters {
  Parameters(double n, std::uint64_t lambda, bool active) : w(lambda), mu(lambda / 2) {
    const auto l = static_cast<double>(lambda);
    double sum = 0, squares = 0, negative_sum = 0, negative_squares = 0, negative = 0;
    for (std::uint64_t i = 0; i < lambda; ++i) {
      w[i] = std::log((l + 1) / 2) - std::log(static_cast<double>(i + 1));
      (i < mu ? sum : negative_sum) += w[i];
      (i < mu ? squares : negative_squares) += w[i] * w[i];
      if (w[i] < 0) negative -= w[i];
    }
    const double mu_eff_negative = negative_sum * negative_sum / negative_squares;
    mu_eff = sum * sum / squares;
    c_sigma = (mu_eff + 2) / (n + mu_eff + 5);
    d_sigma = 1 + 2 * std::max(0.0, std::sqrt((mu_eff - 1) / (n + 1)) - 1) + c_sigma;
    c_c = (4 + mu_eff / n) / (n + 4 + 2 * mu_eff / n);
    c_1 = 2 / ((n + 1.3) * (n + 1.3) + mu_eff);
    c_mu = std::min(1 - c_1, 2 * (0.25 + mu_eff + 1 / mu_eff - 2) / ((n + 2) * (n + 2) + mu_eff));
    const double most = std::min(
        {1 + c_1 / c_mu, 1 + 2 * mu_eff_negative / (mu_eff + 2), (1 - c_1 - c_mu) / (n * c_mu)});
    for (double& weight : w)
      weight = weight >= 0 ? weight / sum : active ? most * weight / negative : 0;
    chi_n = std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    const double lazy = std::floor(1 / (10 * n * (c_1 + c_mu)));
    renew_every = lazy > 1 ? static_cast<std::uint64_t>(lazy) : 1;
  }
  std::vector<double> w;  // lambda weights, falling; the positive ones sum to 1
  std::uint64_t mu;
  double mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu;
  double chi_n;  // E|N(0, I)|
  std::uint64_t renew_every;
};

class CmaEs {
  static constexpr const char* kWeights[] = {"positive", "active"};

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "cma_es",
      .name = "CMA-ES",
      .author = "Ravine",
      .summary = "samples N(m, sigma^2 C), adapts m, sigma and C to the best of them",
      .paper = "N. Hansen, The CMA evolution strategy: a tutorial, arXiv 1604.00772 (2016, 2023)",
      .needs = RAVINE_VALUE,
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::real({.name = "sigma0",
                         .meaning = "first step size: about a third of the range to be searched",
                         .value = 0.3,
                         .minimum = 0,
                         .tune_low = 1e-3,
                         .tune_high = 10,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::integer({.name = "population",
                            .meaning = "lambda: samples in a generation, 0: 4 + floor(3 ln n); "
                                       "more of them search wider. 1 is refused",
                            .value = 0,
                            .minimum = 0,
                            .maximum = 1e5,
                            .tune_low = 0,
                            .tune_high = 200,
                            .unit = "samples"}),
      ravine::sdk::choice("weights",
                          "of the worse half in the update of C: none, or negative ones, which "
                          "take variance out of bad directions",
                          kWeights, 1)};

  explicit CmaEs(const ravine::sdk::Start& start)
      : host_(&start.host()),
        n_(ravine::sdk::dense_size(start.n())),
        p_(std::max<double>(1, static_cast<double>(n_)), population(start), start.flag("weights")),
        sigma_(start.setting("sigma0")),
        c_(start.n() * start.n()),
        root_(start.n() * start.n()),
        p_sigma_(start.n()),
        p_c_(start.n()),
        z_(n_, lambda()),
        y_(n_, lambda()),
        z_w_(n_),
        y_w_(n_),
        d_(n_),
        eigen_(n_),
        scaled_(n_, n_),
        point_(start.n()),
        f_(p_.w.size()),
        order_(p_.w.size()) {
    matrix(c_).setIdentity();
    matrix(root_).setIdentity();
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (stuck(x))
      return ravine::sdk::no_progress(*host_, "the samples no longer differ from their mean");
    const auto first = g_ * static_cast<std::uint64_t>(z_.size());
    if (const auto status = host_->random_normal(host_, "cma_es", first,
                                                 static_cast<std::uint64_t>(z_.size()), z_.data());
        status != RAVINE_OK)
      return status;
    y_.noalias() = matrix(root_) * z_;
    if (const auto status = evaluate(f, x); status != RAVINE_OK) return status;
    std::iota(order_.begin(), order_.end(), Eigen::Index{0});
    std::sort(order_.begin(), order_.end(), [&](Eigen::Index a, Eigen::Index b) {
      const double f_a = f_[static_cast<std::size_t>(a)], f_b = f_[static_cast<std::size_t>(b)];
      return f_a < f_b || (f_a == f_b && a < b);
    });
    adapt(x);
    if (++g_ % p_.renew_every == 0 && !renew())
      return ravine::sdk::no_progress(*host_, "C has no root: its numbers overflow or vanish");
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(c_, root_, p_sigma_, p_c_, sigma_, g_);
  }

 private:
  static std::uint64_t population(const ravine::sdk::Start& start) {
    const std::size_t lambda = start.count_setting("population");
    if (lambda == 1)
      throw ravine::sdk::Refused("population = 1 is not legal: it must be 0 or in [2, 1e5]");
    if (lambda > 0) return lambda;
    const auto n = std::max<double>(1, static_cast<double>(start.n()));
    return 4 + static_cast<std::uint64_t>(std::floor(3 * std::log(n)));
  }
  [[nodiscard]] Eigen::Index lambda() const { return static_cast<Eigen::Index>(p_.w.size()); }
  [[nodiscard]] Eigen::Map<Matrix> matrix(ravine::sdk::Vector& v) const {
    return {v.data(), n_, n_};
  }
  [[nodiscard]] Eigen::Map<Eigen::VectorXd> vector(ravine::sdk::Vector& v) const {
    return {v.data(), n_};
  }

  // Whether samples no longer differ from m in any coordinate (B.3, NoEffectCoord), or never will.
  bool stuck(std::span<const double> m) {
    if (!std::isfinite(sigma_)) return true;
    for (Eigen::Index i = 0; i < n_; ++i) {
      const double m_i = m[static_cast<std::size_t>(i)];
      if (m_i + 0.2 * sigma_ * std::sqrt(matrix(c_)(i, i)) != m_i) return false;
    }
    return true;
  }

  std::int32_t evaluate(const ravine::sdk::Function& f, std::span<const double> m) {
    for (Eigen::Index k = 0; k < lambda(); ++k) {
      for (Eigen::Index i = 0; i < n_; ++i)
        point_[static_cast<std::size_t>(i)] = m[static_cast<std::size_t>(i)] + sigma_ * y_(i, k);
      double& value = f_[static_cast<std::size_t>(k)];
      const auto status = f.value(point_, value);
      if (status != RAVINE_OK && status != RAVINE_OUT_OF_DOMAIN) return status;
      if (status == RAVINE_OUT_OF_DOMAIN || std::isnan(value))
        value = std::numeric_limits<double>::infinity();
    }
    return RAVINE_OK;
  }

  void adapt(std::span<double> x) {
    y_w_.setZero();
    z_w_.setZero();
    for (std::uint64_t i = 0; i < p_.mu; ++i) {
      y_w_ += p_.w[i] * y_.col(order_[i]);
      z_w_ += p_.w[i] * z_.col(order_[i]);
    }
    Eigen::Map<Eigen::VectorXd>(x.data(), n_) += sigma_ * y_w_;

    const double n = static_cast<double>(n_), c_s = p_.c_sigma, c_c = p_.c_c;
    vector(p_sigma_) = (1 - c_s) * vector(p_sigma_) + std::sqrt(c_s * (2 - c_s) * p_.mu_eff) * z_w_;
    const double length = vector(p_sigma_).norm();
    const double expected = std::sqrt(1 - std::pow(1 - c_s, 2.0 * static_cast<double>(g_ + 1)));
    const bool h = length / expected < (1.4 + 2 / (n + 1)) * p_.chi_n;
    vector(p_c_) *= 1 - c_c;
    if (h) vector(p_c_) += std::sqrt(c_c * (2 - c_c) * p_.mu_eff) * y_w_;

    const double all = std::accumulate(p_.w.begin(), p_.w.end(), 0.0);
    const double lost = h ? 0 : c_c * (2 - c_c);  // delta(h_sigma)
    // The samples' columns are scaled in place: C += sum a_i y_i y_i' is one symmetric product.
    for (std::uint64_t i = 0; i < p_.w.size(); ++i) {
      const Eigen::Index k = order_[i];
      const double scale = p_.w[i] >= 0 ? 1 : n / z_.col(k).squaredNorm();
      z_.col(k) = p_.c_mu * p_.w[i] * scale * y_.col(k);
    }
    matrix(c_) *= 1 + p_.c_1 * lost - p_.c_1 - p_.c_mu * all;
    matrix(c_).noalias() += y_ * z_.transpose();
    matrix(c_).noalias() += p_.c_1 * vector(p_c_) * vector(p_c_).transpose();
    sigma_ *= std::exp(c_s / p_.d_sigma * (length / p_.chi_n - 1));
  }

  // root_ = C^1/2, of C's lower triangle; false where C is no longer a covariance matrix.
  bool renew() {
    if (!eigen_.compute(matrix(c_))) return false;
    const double largest = n_ == 0 ? 0 : eigen_.eigenvalues()(n_ - 1);
    if (!(largest > 0)) return false;
    d_ = eigen_.eigenvalues().cwiseMax(largest / kCondition).cwiseSqrt();
    scaled_.noalias() = eigen_.eigenvectors() * d_.asDiagonal();
    matrix(root_).noalias() = scaled_ * eigen_.eigenvectors().transpose();
    return true;
  }

  const ravine_host* host_;
  Eigen::Index n_;
  Parameters p_;
  double sigma_;
  ravine::sdk::Vector c_, root_;       // C, I at the start, and C^1/2 as of the last renewal
  ravine::sdk::Vector p_sigma_, p_c_;  // evolution paths, 0 at the start
  std::uint64_t g_ = 0;                // generations done
  // Scratch.
  Matrix z_, y_;  // n x lambda
  Eigen::VectorXd z_w_, y_w_, d_;
  ravine::sdk::Eigensystem eigen_;
  Matrix scaled_;  // eigenvectors times roots
  ravine::sdk::Vector point_;
  std::vector<double> f_;
  std::vector<Eigen::Index> order_;  // of the samples, best first
};

}  // namespace

RAVINE_PLUGIN("cma_es", "1.0", CmaEs)
